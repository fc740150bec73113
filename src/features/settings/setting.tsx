import type { ReactNode } from 'react';

import styles from './setting.module.css';

interface SettingProps {
  title: string;
  /** The heading's id, for elements labelled by it. */
  titleId: string;
  text?: string;
  children: ReactNode;
}

/** Shows one setting: its description on the left, its controls on the right. */
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
