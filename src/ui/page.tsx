import type { ReactNode } from 'react';

import styles from './page.module.css';

interface PageProps {
  title: string;
  lede?: string;
  /** Buttons next to the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The layout of a screen: its title, a sentence on its purpose, its actions, and the content. */
export function Page({ title, lede, actions, children }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lede !== undefined && <p className={styles.lede}>{lede}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
