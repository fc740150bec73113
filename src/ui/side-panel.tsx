import { type KeyboardEvent, type ReactNode, useId } from 'react';

import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './side-panel.module.css';
import { useLightDismiss, useModal } from './use-modal.ts';

interface SidePanelProps {
  title: string;
  /** A few words next to the title. */
  note?: string | undefined;
  closeLabel: string;
  onClose: () => void;
  /** Called for keys pressed anywhere in the panel, before the panel handles them itself. */
  onKeyDown?: (event: KeyboardEvent<HTMLDialogElement>) => void;
  children: ReactNode;
  footer: ReactNode;
}

/** A panel at the side; it fills the screen on phones. */
export function SidePanel({ title, note, closeLabel, onClose, onKeyDown, children, footer }: SidePanelProps) {
  const titleId = useId();
  const modal = useModal(onClose);
  const lightDismiss = useLightDismiss(onClose);
  return (
    <dialog
      {...modal}
      {...lightDismiss}
      className={styles.panel}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        modal.onKeyDown?.(event);
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        <span className={styles.close}>
          <Button variant="quiet" iconOnly aria-label={closeLabel} onClick={onClose}>
            <Icon name="close" />
          </Button>
        </span>
      </header>
      {children}
      <footer className={styles.foot}>{footer}</footer>
    </dialog>
  );
}
