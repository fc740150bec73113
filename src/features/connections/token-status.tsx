import type { ReactNode } from 'react';

import type { ConnectionStatus } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatDuration, formatWhen } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { useIsOnline } from '#ui/use-is-online.ts';
import { useNow } from '#ui/use-now.ts';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { requiresSignIn } from './requires-sign-in.ts';
import styles from './token-status.module.css';

const t = messages.connections;

/** Shows a connection's token status. Updates every second, but is announced only when the user has to act. */
export function TokenStatus({ service, status }: { service: string; status: ConnectionStatus }) {
  const now = useNow();
  const { icon, title, text, code, isWarning } = describe(service, status, now, useIsOnline());
  return (
    <div className={clsx(styles.status, isWarning && styles.warn)}>
      <b>
        {icon ? <Icon name={icon} small /> : <Spinner />}
        {title}
      </b>
      <span>
        {text} {code !== undefined && <code>{code}</code>}
      </span>
      <VisuallyHidden>
        <span role="status">{requiresSignIn(status, now) && `${service}: ${title}`}</span>
      </VisuallyHidden>
    </div>
  );
}

interface Description {
  /** Absent while an operation is in progress: a spinner is shown instead. */
  icon?: IconName;
  title: string;
  text: ReactNode;
  code?: string | undefined;
  isWarning?: boolean;
}

function describe(service: string, status: ConnectionStatus, now: number, isOnline: boolean): Description {
  switch (status.kind) {
    case 'connected': {
      const { expiresAt, refreshesItself } = status;
      if (expiresAt === undefined) return { icon: 'check', title: t.signedIn, text: t.noExpiry(service) };
      const icon = refreshesItself ? 'refresh' : 'clock';
      if (expiresAt > now) {
        const left = formatDuration(expiresAt - now);
        return refreshesItself
          ? { icon, title: t.signedIn, text: t.refreshesItself(left) }
          : { icon, title: t.expiresIn(left), text: t.endsThen };
      }
      return refreshesItself
        ? { icon, title: t.signedIn, text: t.refreshesAtUse }
        : { icon, title: t.expired, text: t.ended, isWarning: true };
    }
    case 'refreshing':
      return { title: t.refreshing, text: t.refreshingText(service) };
    case 'waiting':
      return { icon: 'clock', ...waitingText(service, status, now, isOnline), isWarning: true };
    case 'refused': {
      const { refusal, because } = status;
      const { error: code, description } = refusal;
      const text = refusal.by === 'server' ? t.refused.server(service) : t.waiting[because ?? 'other'](service).text;
      return {
        icon: 'alert',
        title: t.refused.title,
        text: (
          <>
            {text} {description !== undefined && <bdi>{t.refused.says(description)} </bdi>}
            {t.refused.help}
          </>
        ),
        ...(code !== undefined && { code }),
        isWarning: true,
      };
    }
    case 'needs-sign-in': {
      const { text, code } = t.endedBy[status.reason];
      const when = formatWhen(status.at, now);
      return { icon: 'alert', title: t.needsSignIn, text: text(service, when), code, isWarning: true };
    }
  }
}

type Waiting = Extract<ConnectionStatus, { kind: 'waiting' }>;

/** Describes why a refresh is waiting and when it is retried; after a network error, also as soon as the device is online. */
function waitingText(
  service: string,
  { because, until }: Waiting,
  now: number,
  isOnline: boolean,
): { title: string; text: string } {
  const forNetwork = because === 'unreachable' || because === 'timed-out';
  if (forNetwork && !isOnline) return t.waiting.offline;
  const { title, text } = t.waiting[because ?? 'other'](service);
  if (until <= now) return { title, text: `${text} ${t.waiting.triesNow}` };
  const next = forNetwork ? t.waiting.triesAgainOrOnline : t.waiting.triesAgain;
  return { title, text: `${text} ${next(formatDuration(until - now))}` };
}
