import { type ReactNode, useContext, useId } from 'react';

import { settings } from '#messages/en/settings.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { LetterKeys } from '#ui/letter-keys.ts';
import { useModal } from '#ui/use-modal.ts';

import styles from './key-map.module.css';

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

/** The keys that work as things are set now. */
export function KeyMap({ onClose }: { onClose: () => void }) {
  const titleId = useId();
  const modal = useModal(onClose);
  const areLettersOn = useContext(LetterKeys);
  return (
    <dialog {...modal} className={styles.map} closedby="any" aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId}>{words.title}</h2>
        <Button variant="quiet" iconOnly aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      {!areLettersOn && <p>{words.lettersOff}</p>}
      {areLettersOn && <Group title={words.planner.title} entries={PLANNER} />}
      <Group title={words.composer.title} entries={COMPOSER} />
      {areLettersOn && <Group title={words.inspector.title} entries={INSPECTOR} />}
      {areLettersOn && <Group title={words.anywhere.title} entries={ANYWHERE} />}
    </dialog>
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
