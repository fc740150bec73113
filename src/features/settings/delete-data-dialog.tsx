import { useId } from 'react';

import { settings } from '#messages/en/settings.ts';
import { Button } from '#ui/button.tsx';
import { clsx } from '#ui/clsx.ts';
import frame from '#ui/dialog-frame.module.css';
import { Spinner } from '#ui/spinner.tsx';
import { useModal } from '#ui/use-modal.ts';

import styles from './delete-data-dialog.module.css';

const text = settings.erase;

/** The progress of the deletion. */
export type ErasingStage = { kind: 'erasing' } | { kind: 'unconfirmed'; services: readonly string[] };

interface DeleteDataDialogProps {
  /** One dialog shows one stage; set a key per stage. */
  stage: ErasingStage;
  onLeave: () => void;
}

/** Blocks the app during the deletion, then shows which services did not confirm the revocation. */
export function DeleteDataDialog({ stage, onLeave }: DeleteDataDialogProps) {
  const titleId = useId();
  const textId = useId();
  const isDone = stage.kind === 'unconfirmed';
  const modal = useModal(() => {
    if (isDone) onLeave();
  });
  return (
    <dialog {...modal} className={clsx(frame.frame, styles.dialog)} aria-labelledby={titleId} aria-describedby={textId}>
      <h2 className={styles.title} id={titleId} tabIndex={isDone ? undefined : -1}>
        {!isDone && <Spinner />}
        {text[isDone ? 'unconfirmed' : 'underWay'].title}
      </h2>
      <p className={styles.text} id={textId}>
        {isDone ? text.unconfirmed.text(stage.services) : text.underWay.text}
      </p>
      {isDone && (
        <div className={styles.buttons}>
          <Button variant="primary" onClick={onLeave}>
            {text.startAfresh}
          </Button>
        </div>
      )}
    </dialog>
  );
}
