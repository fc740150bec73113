import type { ReactNode } from 'react';

import styles from './raw-http.module.css';

/** A part of the detail with its title, and a figure at its end. */
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

/** The first line of a request or an answer, as on the wire. */
export function RawHttpLine({ lead, tone, text }: { lead: string; tone?: 'ok' | 'bad'; text: string }) {
  return (
    <p className={styles.line}>
      <b className={tone && styles[tone]}>{lead}</b>
      <span>{text}</span>
    </p>
  );
}

/** A sentence in place of what is not there. */
export function RawHttpNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
