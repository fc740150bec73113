import type { ReactNode, Ref } from 'react';

import styles from './callout.module.css';
import { clsx } from './clsx.ts';
import { Icon, type IconName } from './icon.tsx';

interface CalloutProps {
  tone?: 'plain' | 'ok' | 'warn' | 'bad';
  icon: IconName;
  /** The situation. */
  title: string;
  /** The consequences. */
  children?: ReactNode;
  /** The one action that helps. */
  action?: ReactNode;
  /** Set to move the focus here after the pressed control has disappeared. */
  ref?: Ref<HTMLDivElement> | undefined;
}

/** States a situation, then offers the one action that helps. */
export function Callout({ tone = 'plain', icon, title, children, action, ref }: CalloutProps) {
  return (
    <div className={clsx(styles.notice, tone !== 'plain' && styles[tone])} ref={ref} tabIndex={ref ? -1 : undefined}>
      <Icon name={icon} />
      <div className={styles.body}>
        <p className={styles.text}>
          <b>{title}</b> {children}
        </p>
        {action !== undefined && <div className={styles.actions}>{action}</div>}
      </div>
    </div>
  );
}
