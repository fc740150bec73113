import type { ReactNode } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatClock, formatDay, formatNumber, formatTime, formatWhen } from '#messages/format.ts';
import { type Delivery, type Post, statusOf, timeOf } from '#planning/post.ts';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { failureTexts } from './failure-text.ts';
import styles from './post-status.module.css';

const t = messages.status;

/** The reactions to a sent post. */
export interface Counts {
  likes: number;
  reposts: number;
  replies: number;
}

interface PostStatusLineProps {
  post: Post;
  connections: readonly ConnectionView[];
  statistics: ReadonlyMap<string, Counts>;
  now: number;
}

/** Shows a post's status, worded the same everywhere. */
export function PostStatusLine({ post, connections, statistics, now }: PostStatusLineProps) {
  switch (statusOf(post)) {
    case 'draft':
      return (
        <Line icon={<Icon name="pencil" small />}>
          <b>{t.draft}</b>
          {hasPassed(post, now) && `. ${t.hasPassed(formatTime(timeOf(post)))}`}
        </Line>
      );
    case 'sending':
      return (
        <Line look={styles.go} icon={<Spinner />}>
          <b>{t.sending}</b>
        </Line>
      );
    case 'scheduled':
      return (
        <Line icon={<Icon name="server" small />}>
          <b>{t.scheduled}</b> {t.byServer([...new Set(post.deliveries.map(({ network }) => network))])}
        </Line>
      );
    case 'sent': {
      const counts = countsOf(post.deliveries, statistics);
      return (
        <>
          <Line look={styles.ok} icon={<Icon name="check" small />}>
            <b>{t.sent}</b>
          </Line>
          {counts && <CountList counts={counts} />}
        </>
      );
    }
    case 'sent-in-part':
      return (
        <Line look={styles.bad} icon={<Icon name="alert" small />}>
          <b>{inPart(post.deliveries)}</b> <Reasons post={post} connections={connections} now={now} />
        </Line>
      );
    case 'failed':
      return (
        <Line look={styles.bad} icon={<Icon name="alert" small />}>
          <b>{t.failed}</b> <Reasons post={post} connections={connections} now={now} />
        </Line>
      );
  }
}

const hasPassed = ({ plannedFor }: Post, now: number): boolean => plannedFor !== undefined && plannedFor <= now;

function Line({ look, icon, children }: { look?: string | undefined; icon: ReactNode; children: ReactNode }) {
  return (
    <p className={clsx(styles.status, look)}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

function inPart(deliveries: readonly Delivery[]): string {
  const done = deliveries.filter(({ state }) => state.kind !== 'failed');
  const isSent = done.some(({ state }) => state.kind === 'sent');
  return isSent ? t.sentInPart(done.length, deliveries.length) : t.scheduledInPart(done.length, deliveries.length);
}

/** Shows why each delivery failed, in the network's own words if it gave any, and when it was tried. */
function Reasons({ post, connections, now }: Omit<PostStatusLineProps, 'statistics'>) {
  return failureTexts(post, connections).map(({ connectionId, text, detail, at }) => (
    <span key={connectionId}>
      {text} {detail !== undefined && <bdi>{t.quoted(detail)} </bdi>}
      {t.triedAt(triedWhen(at, now))}{' '}
    </span>
  ));
}

const JUST_NOW_MS = 60_000;

/** Formats a recent time with seconds, so that a retry is visible as one. */
function triedWhen(at: number, now: number): string {
  return now - at < JUST_NOW_MS ? `${formatDay(at, now)}, ${formatClock(at)}` : formatWhen(at, now);
}

function CountList({ counts }: { counts: Counts }) {
  return (
    <ul className={styles.counts}>
      {(['likes', 'reposts', 'replies'] as const).map((name) => (
        <li key={name}>
          <Icon name={name} />
          <VisuallyHidden>{t[name]} </VisuallyHidden>
          {formatNumber(counts[name])}
        </li>
      ))}
    </ul>
  );
}

function countsOf(deliveries: readonly Delivery[], statistics: ReadonlyMap<string, Counts>): Counts | undefined {
  const known = deliveries.flatMap(({ state }) => {
    const counts = state.kind === 'sent' ? statistics.get(state.remoteId) : undefined;
    return counts ? [counts] : [];
  });
  if (known.length === 0) return undefined;
  const sum = (name: keyof Counts): number => known.reduce((total, counts) => total + counts[name], 0);
  return { likes: sum('likes'), reposts: sum('reposts'), replies: sum('replies') };
}
