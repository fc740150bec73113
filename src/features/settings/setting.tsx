import type { ReactNode } from 'react';

import styles from './setting.module.css';

interface SettingProps {
  title: string;
  /** The heading's id, for what it names. */
  titleId: string;
  text?: string;
  children: ReactNode;
}

/** One thing that can be set: what it is on the left, the ways to set it on the right. */
export function Setting({ title, titleId, text, children }: SettingProps) {
  return (
    <section className={styles.setting} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
