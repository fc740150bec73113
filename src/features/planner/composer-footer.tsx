import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';

import styles from './composer.module.css';

const text = messages.composer;

interface ComposerFooterProps {
  isPlanned: boolean;
  sending: boolean;
  /** The names of the networks that the post goes to. */
  networks: readonly string[];
  /** The number of accounts that the post goes to. */
  accounts: number;
  onDelete: () => void;
  onKeep: () => void;
  onSend: () => void;
}

/** Shows the actions for the draft: delete, keep or send. */
export function ComposerFooter(props: ComposerFooterProps) {
  const { isPlanned, sending, networks, accounts, onDelete, onKeep, onSend } = props;
  const progressText = isPlanned ? text.scheduling : text.sending;
  const verb = isPlanned ? text.schedule : text.postNow;
  return (
    <>
      <Button variant="quiet" onClick={onDelete}>
        <span className={styles.deleteIcon}>
          <Icon name="trash" />
        </span>
        <span className={styles.deleteWord}>{text.deleteDraft}</span>
      </Button>
      <div className={styles.end}>
        <Button onClick={onKeep}>{text.keepAsDraft}</Button>
        <Button variant="primary" busy={sending} aria-keyshortcuts="Control+Enter Meta+Enter" onClick={onSend}>
          {sending ? progressText : verb(networks, accounts)}
        </Button>
      </div>
    </>
  );
}
