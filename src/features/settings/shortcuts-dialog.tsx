import { type ReactNode, useContext } from 'react';

import { settings } from '#messages/en/settings.ts';
import { InfoDialog } from '#ui/info-dialog.tsx';
import { ShortcutsEnabled } from '#ui/shortcuts.ts';

import styles from './shortcuts-dialog.module.css';

const words = settings.keyMap;

interface KeyEntry {
  keys: ReactNode;
  does: string;
}

const kbd = (key: string): ReactNode => <kbd>{key}</kbd>;
const goTo = (letter: string): ReactNode => (
  <>
    {kbd('G')} {words.andThen} {kbd(letter)}
  </>
);

const PLANNER: readonly KeyEntry[] = [{ keys: kbd('C'), does: words.planner.newPost }];
const INSPECTOR: readonly KeyEntry[] = [
  {
    keys: (
      <>
        {kbd('J')} {words.or} {kbd('K')}
      </>
    ),
    does: words.inspector.steps,
  },
  { keys: kbd('N'), does: words.inspector.goOn },
  { keys: kbd('P'), does: words.inspector.pause },
  { keys: kbd('R'), does: words.inspector.reveal },
];
const COMPOSER: readonly KeyEntry[] = [
  {
    keys: (
      <>
        {kbd('Ctrl')} {words.or} {kbd('⌘')} + {kbd('Enter')}
      </>
    ),
    does: words.composer.send,
  },
  { keys: kbd('Esc'), does: words.composer.close },
];
const ANYWHERE: readonly KeyEntry[] = [
  { keys: goTo('P'), does: words.anywhere.planner },
  { keys: goTo('C'), does: words.anywhere.connections },
  { keys: goTo('F'), does: words.anywhere.inspector },
  { keys: goTo('S'), does: words.anywhere.settings },
  { keys: kbd('?'), does: words.anywhere.map },
];

/** Lists the shortcuts that work with the current settings. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const areLettersOn = useContext(ShortcutsEnabled);
  return (
    <InfoDialog title={words.title} closeLabel={words.close} onClose={onClose}>
      {!areLettersOn && <p>{words.lettersOff}</p>}
      {areLettersOn && <Group title={words.planner.title} entries={PLANNER} />}
      <Group title={words.composer.title} entries={COMPOSER} />
      {areLettersOn && <Group title={words.inspector.title} entries={INSPECTOR} />}
      {areLettersOn && <Group title={words.anywhere.title} entries={ANYWHERE} />}
    </InfoDialog>
  );
}

function Group({ title, entries }: { title: string; entries: readonly KeyEntry[] }) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <dl>
        {entries.map(({ keys, does }) => (
          <div key={does}>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
