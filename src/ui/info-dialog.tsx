import { type ReactNode, useId } from 'react';

import { Button } from './button.tsx';
import { clsx } from './clsx.ts';
import frame from './dialog-frame.module.css';
import { Icon } from './icon.tsx';
import styles from './info-dialog.module.css';
import { useLightDismiss, useModal } from './use-modal.ts';

interface InfoDialogProps {
  title: string;
  closeLabel: string;
  children: ReactNode;
  onClose: () => void;
}

/** A dialog with something to read. Its button, Escape, or a click outside closes it. */
export function InfoDialog({ title, closeLabel, children, onClose }: InfoDialogProps) {
  const titleId = useId();
  const modal = useModal(onClose);
  const lightDismiss = useLightDismiss(onClose);
  return (
    <dialog {...modal} {...lightDismiss} className={clsx(frame.frame, styles.dialog)} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <Button variant="quiet" iconOnly aria-label={closeLabel} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      {children}
    </dialog>
  );
}
