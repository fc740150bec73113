import type { ReactNode } from 'react';

import styles from './empty-state.module.css';

interface EmptyStateProps {
  /** A picture above the text. */
  picture?: ReactNode;
  title: string;
  text?: string | undefined;
  /** The first action to take. */
  children?: ReactNode;
  /** A note on that action, shown below it. */
  note?: ReactNode | undefined;
}

/** Says that there is nothing here yet, then offers the first action to take. */
export function EmptyState({ picture, title, text, children, note }: EmptyStateProps) {
  return (
    <section className={styles.empty}>
      {picture}
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
      {note !== undefined && <div className={styles.note}>{note}</div>}
    </section>
  );
}
