import { type ReactNode, useEffect, useRef } from 'react';

import { Brand } from './brand.tsx';
import { clsx } from './clsx.ts';
import { Icon, type IconName } from './icon.tsx';
import { Spinner } from './spinner.tsx';
import styles from './standalone-page.module.css';

interface StandalonePageProps {
  appName: string;
  tone: 'plain' | 'go' | 'ok' | 'warn' | 'bad';
  /** Missing: something is at work, and the ring shows it. */
  icon?: IconName;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** Long choices stand one below the other. */
  arrange?: 'row' | 'column';
}

/** A screen of one card, outside the app's frame: it has its own main landmark, and its title takes the focus. */
export function StandalonePage({
  appName,
  tone,
  icon,
  title,
  children,
  actions,
  arrange = 'row',
}: StandalonePageProps) {
  const titleRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    titleRef.current?.focus();
  }, []);
  return (
    <main className={styles.screen} id="main">
      <Brand>{appName}</Brand>
      <section className={styles.card}>
        <div>
          <div className={clsx(styles.glyph, tone !== 'plain' && styles[tone])}>
            {icon === undefined ? <Spinner large /> : <Icon name={icon} />}
          </div>
          <h1 ref={titleRef} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {children}
        {actions !== undefined && (
          <div className={clsx(styles.actions, arrange === 'column' && styles.column)}>{actions}</div>
        )}
      </section>
    </main>
  );
}
