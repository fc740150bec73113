import type { ReactNode } from 'react';

import styles from './empty-state.module.css';

interface EmptyStateProps {
  /** Drawn above the words. */
  picture?: ReactNode;
  title: string;
  text?: string;
  /** What to do first. */
  children?: ReactNode;
  /** What is to be told of that, below it. */
  note?: ReactNode;
}

/** Where there is nothing yet: says so, then offers the first thing to do. */
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
