import type { ReactNode } from 'react';

import styles from './disclosure.module.css';
import { Icon } from './icon.tsx';

interface DisclosureProps {
  label: string;
  /** Called when it opens or closes. */
  onToggle?: (isOpen: boolean) => void;
  children: ReactNode;
}

/** Further content, shown on request. */
export function Disclosure({ label, onToggle, children }: DisclosureProps) {
  return (
    <details
      onToggle={({ currentTarget }) => {
        onToggle?.(currentTarget.open);
      }}
    >
      <summary className={styles.summary}>
        <Icon name="chevron" small />
        {label}
      </summary>
      {children}
    </details>
  );
}
