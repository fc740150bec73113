import { type ReactNode, useContext } from 'react';

import { settings } from '#messages/en/settings.ts';
import { InfoDialog } from '#ui/info-dialog.tsx';
import { ShortcutsEnabled } from '#ui/shortcuts.ts';

import styles from './shortcuts-dialog.module.css';

const text = settings.keyMap;

interface KeyEntry {
  keys: ReactNode;
  does: string;
}

const kbd = (key: string): ReactNode => <kbd>{key}</kbd>;
const goTo = (letter: string): ReactNode => (
  <>
    {kbd('G')} {text.andThen} {kbd(letter)}
  </>
);

const PLANNER: readonly KeyEntry[] = [{ keys: kbd('C'), does: text.planner.newPost }];
const INSPECTOR: readonly KeyEntry[] = [
  {
    keys: (
      <>
        {kbd('J')} {text.or} {kbd('K')}
      </>
    ),
    does: text.inspector.steps,
  },
  { keys: kbd('N'), does: text.inspector.goOn },
  { keys: kbd('P'), does: text.inspector.pause },
  { keys: kbd('R'), does: text.inspector.reveal },
];
const COMPOSER: readonly KeyEntry[] = [
  {
    keys: (
      <>
        {kbd('Ctrl')} {text.or} {kbd('⌘')} + {kbd('Enter')}
      </>
    ),
    does: text.composer.send,
  },
  { keys: kbd('Esc'), does: text.composer.close },
];
const ANYWHERE: readonly KeyEntry[] = [
  { keys: goTo('P'), does: text.anywhere.planner },
  { keys: goTo('C'), does: text.anywhere.connections },
  { keys: goTo('F'), does: text.anywhere.inspector },
  { keys: goTo('S'), does: text.anywhere.settings },
  { keys: kbd('?'), does: text.anywhere.map },
];

/** Lists the shortcuts that work with the current settings. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const areLettersOn = useContext(ShortcutsEnabled);
  return (
    <InfoDialog title={text.title} closeLabel={text.close} onClose={onClose}>
      {!areLettersOn && <p>{text.lettersOff}</p>}
      {areLettersOn && <Group title={text.planner.title} entries={PLANNER} />}
      <Group title={text.composer.title} entries={COMPOSER} />
      {areLettersOn && <Group title={text.inspector.title} entries={INSPECTOR} />}
      {areLettersOn && <Group title={text.anywhere.title} entries={ANYWHERE} />}
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
