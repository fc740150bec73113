import type { ReactNode } from 'react';

import styles from './raw-http.module.css';

/** A section of the step detail with a title and an optional figure after it. */
export function RawHttp({ title, figure, children }: { title: string; figure?: string; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <h3>
        {title}
        {figure !== undefined && <span>{figure}</span>}
      </h3>
      {children}
    </section>
  );
}

/** The first line of a raw HTTP request or response. */
export function RawHttpLine({ lead, tone, text }: { lead: string; tone?: 'ok' | 'bad'; text: string }) {
  return (
    <p className={styles.line}>
      <b className={tone && styles[tone]}>{lead}</b>
      <span>{text}</span>
    </p>
  );
}

/** A note in place of missing content. */
export function RawHttpNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
