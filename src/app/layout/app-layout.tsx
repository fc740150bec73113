import type { MouseEvent, ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

import { messages } from '#messages/en.ts';
import { Brand } from '#ui/brand.tsx';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';

import styles from './app-layout.module.css';
import { VIA_NAV } from './focus-on-navigate.tsx';
import { NAV_ITEMS } from './nav-items.ts';

const text = messages.shell;

interface ShellProps {
  /** How many connections require a new sign-in; shown as a badge on Connections. */
  needsSignInCount: number;
  onSwitchTheme: () => void;
  /** A notice shown on every screen. */
  notice?: ReactNode;
  children: ReactNode;
}

/** Renders the frame of every screen: the rail, or the tab bar on phones, and the main landmark. */
export function Shell({ needsSignInCount, onSwitchTheme, notice, children }: ShellProps) {
  const { pathname } = useLocation();
  /** Returns whether a path is current. The composer belongs to the planner; adding services and the console to Connections. */
  const isAt = (path: string): boolean => {
    if (path === '/') return /^\/(?:compose\/|$)/.test(pathname);
    return pathname === path || (path === '/connections' && /^\/(?:connections|services)\//.test(pathname));
  };
  return (
    <>
      {/* Handled by script: following the link would change the URL, and with it the location state that the router restores. */}
      <a className={styles.skip} href="#main" onClick={goToMain}>
        {text.skip}
      </a>
      {/* The inspector needs the full width. */}
      <div className={clsx(styles.app, isAt('/inspector') && styles.narrow)}>
        <aside className={styles.rail}>
          <div className={styles.brand}>
            <Brand>
              <span className={styles.name}>{messages.appName}</span>
            </Brand>
          </div>
          <nav aria-label={text.navigation}>
            {NAV_ITEMS.map(({ to, icon, label }) => (
              <Link
                className={styles.link}
                to={to}
                state={VIA_NAV}
                aria-current={isAt(to) ? 'page' : undefined}
                key={to}
              >
                <Icon name={icon} />
                <span className={styles.name}>{label}</span>
                {to === '/connections' && needsSignInCount > 0 && (
                  <span className={styles.count} role="img" aria-label={text.needSignIn(needsSignInCount)}>
                    {needsSignInCount}
                  </span>
                )}
              </Link>
            ))}
          </nav>
          <div className={styles.foot}>
            <button className={styles.link} type="button" onClick={onSwitchTheme}>
              <Icon name="theme" />
              <span className={styles.name}>{text.switchTheme}</span>
            </button>
          </div>
        </aside>
        <main className={styles.main} id="main" tabIndex={-1}>
          {notice}
          {children}
        </main>
        <nav className={styles.tabs} aria-label={text.navigation}>
          {NAV_ITEMS.map(({ to, icon, shortLabel }) => (
            <Link className={styles.tab} to={to} state={VIA_NAV} aria-current={isAt(to) ? 'page' : undefined} key={to}>
              <Icon name={icon} />
              {shortLabel}
              {to === '/connections' && needsSignInCount > 0 && (
                <span className={styles.dot} role="img" aria-label={text.needSignIn(needsSignInCount)} />
              )}
            </Link>
          ))}
        </nav>
      </div>
    </>
  );
}

function goToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
