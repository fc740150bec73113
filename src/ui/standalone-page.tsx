import { type ReactNode, useEffect, useRef } from 'react';

import { Brand } from './brand.tsx';
import { clsx } from './clsx.ts';
import { Icon, type IconName } from './icon.tsx';
import { Spinner } from './spinner.tsx';
import styles from './standalone-page.module.css';

interface StandalonePageProps {
  appName: string;
  tone: 'plain' | 'go' | 'ok' | 'warn' | 'bad';
  /** The icon; a spinner is shown if it is undefined, because something is in progress. */
  icon?: IconName;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** How the actions are arranged; use `column` for long labels. */
  arrange?: 'row' | 'column';
}

/** A screen with a single card, outside the app's frame. It has its own main landmark, and its title receives the focus. */
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
