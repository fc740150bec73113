import type { ReactNode } from 'react';

import styles from './empty.module.css';

interface EmptyProps {
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
export function Empty({ picture, title, text, children, note }: EmptyProps) {
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
