import type { ReactNode } from 'react';
import { Link } from 'react-router';

import styles from './brand.module.css';

/** Shows the app's logo and name, which link to the home page. */
export function Brand({ children }: { children: ReactNode }) {
  return (
    <Link className={styles.brand} to="/">
      <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.6">
        <rect x="1.8" y="1.8" width="16.4" height="16.4" rx="4" />
        <path d="M8 10.5h10" />
        <circle cx="6.5" cy="10.5" r="2.3" fill="currentColor" stroke="none" />
      </svg>
      {children}
    </Link>
  );
}
