import { type ReactNode, useId } from 'react';

import { Button } from './button.tsx';
import { clsx } from './clsx.ts';
import frame from './dialog-frame.module.css';
import styles from './dialog.module.css';
import { useModal } from './use-modal.ts';

interface DialogProps {
  title: string;
  children: ReactNode;
  cancelLabel: string;
  confirmLabel: string;
  /** True while the confirmed action runs and can no longer be cancelled. */
  busy?: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}

/** Asks for confirmation of an action that can't be undone. The safe choice comes first and has the focus. */
export function Dialog({ title, children, cancelLabel, confirmLabel, busy = false, onCancel, onConfirm }: DialogProps) {
  const titleId = useId();
  const textId = useId();
  const modal = useModal(onCancel);
  return (
    <dialog {...modal} className={clsx(frame.frame, styles.dialog)} aria-labelledby={titleId} aria-describedby={textId}>
      <h2 id={titleId}>{title}</h2>
      <div className={styles.text} id={textId}>
        {children}
      </div>
      <div className={styles.buttons}>
        {!busy && (
          <Button variant="quiet" onClick={onCancel}>
            {cancelLabel}
          </Button>
        )}
        <Button variant="danger-solid" busy={busy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </dialog>
  );
}
