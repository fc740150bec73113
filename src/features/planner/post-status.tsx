import type { ReactNode } from 'react';

import { messages } from '#messages/en.ts';
import { formatNumber, formatWhen } from '#messages/format.ts';
import { type Delivery, type Post, statusOf } from '#planning/post.ts';
import { classes } from '#ui/classes.ts';
import { Icon } from '#ui/icon.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import styles from './post-status.module.css';

const words = messages.status;

/** What people made of a sent post. */
export interface Counts {
  likes: number;
  reposts: number;
  replies: number;
}

interface PostStatusLineProps {
  post: Post;
  statistics: ReadonlyMap<string, Counts>;
  now: number;
}

/** How a post stands, in words that are the same everywhere. */
export function PostStatusLine({ post, statistics, now }: PostStatusLineProps) {
  switch (statusOf(post)) {
    case 'draft':
      return (
        <Line icon={<Icon name="pencil" small />}>
          <b>{words.draft}</b>
        </Line>
      );
    case 'sending':
      return (
        <Line look={styles.go} icon={<Spinner />}>
          <b>{words.sending}</b>
        </Line>
      );
    case 'scheduled':
      return (
        <Line icon={<Icon name="server" small />}>
          <b>{words.scheduled}</b>, {words.byServer}
        </Line>
      );
    case 'sent': {
      const counts = countsOf(post.deliveries, statistics);
      return (
        <>
          <Line look={styles.ok} icon={<Icon name="check" small />}>
            <b>{words.sent}</b>
          </Line>
          {counts && <CountList counts={counts} />}
        </>
      );
    }
    case 'sent-in-part':
      return (
        <Line look={styles.bad} icon={<Icon name="alert" small />}>
          <b>{inPart(post.deliveries)}</b> <Reasons deliveries={post.deliveries} now={now} />
        </Line>
      );
    case 'failed':
      return (
        <Line look={styles.bad} icon={<Icon name="alert" small />}>
          <b>{words.failed}</b> <Reasons deliveries={post.deliveries} now={now} />
        </Line>
      );
  }
}

function Line({ look, icon, children }: { look?: string; icon: ReactNode; children: ReactNode }) {
  return (
    <p className={classes(styles.status, look)}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

function inPart(deliveries: readonly Delivery[]): string {
  const done = deliveries.filter(({ state }) => state.kind !== 'failed');
  const isSent = done.some(({ state }) => state.kind === 'sent');
  return isSent
    ? words.sentInPart(done.length, deliveries.length)
    : words.scheduledInPart(done.length, deliveries.length);
}

/** Who or what stood in the way, in the network's own words where it gave any, and when it was tried. */
function Reasons({ deliveries, now }: { deliveries: readonly Delivery[]; now: number }) {
  return deliveries.map(({ connectionId, network, state }) => {
    if (state.kind !== 'failed') return null;
    return (
      <span key={connectionId}>
        {words.reasons[state.reason](network)} {state.detail !== undefined && <bdi>{words.quoted(state.detail)} </bdi>}
        {words.triedAt(formatWhen(state.at, now))}{' '}
      </span>
    );
  });
}

function CountList({ counts }: { counts: Counts }) {
  return (
    <ul className={styles.counts}>
      {(['likes', 'reposts', 'replies'] as const).map((name) => (
        <li key={name}>
          <Icon name={name} />
          <VisuallyHidden>{words[name]} </VisuallyHidden>
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
