import type { ReactNode } from 'react';

import styles from './disclosure.module.css';
import { Icon } from './icon.tsx';

/** More of the same, shown on request. */
export function Disclosure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details>
      <summary className={styles.summary}>
        <Icon name="chevron" small />
        {label}
      </summary>
      {children}
    </details>
  );
}
