import type { Ref } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatTime } from '#messages/format.ts';
import { type Post, type PostStatus, statusOf, timeOf } from '#planning/post.ts';
import { clsx } from '#ui/clsx.ts';
import { IsolatedParts } from '#ui/isolated-parts.tsx';
import { Logo } from '#ui/logo.tsx';

import { destinationsOf } from './destinations.ts';
import { formatPlannedTime } from './planned-day.ts';
import { PostActions, type RecoveryHandlers } from './post-actions.tsx';
import styles from './post-card.module.css';
import { type Counts, PostStatusLine } from './post-status.tsx';

const t = messages.planner;

const LOOKS: Record<PostStatus, string | undefined> = {
  draft: styles.draft,
  sending: styles.sending,
  scheduled: undefined,
  sent: styles.sent,
  'sent-in-part': undefined,
  failed: styles.failed,
};

/** What the user can do to a post from its card. */
export interface CardActions extends RecoveryHandlers {
  /** Called only for drafts: other posts cannot be edited. */
  onOpen: (postId: string) => void;
}

interface PostCardProps {
  post: Post;
  connections: readonly ConnectionView[];
  statistics: ReadonlyMap<string, Counts>;
  now: number;
  actions: CardActions;
  /** Set to move the focus here. */
  ref?: Ref<HTMLElement> | undefined;
}

/** Shows one post: time, destinations, text and status. A draft is one large button that opens it. */
export function PostCard({ post, connections, statistics, now, actions, ref }: PostCardProps) {
  const status = statusOf(post);
  const isDraft = status === 'draft';
  const text = post.text.trim();
  return (
    <article className={clsx(styles.post, LOOKS[status])} ref={ref} tabIndex={ref ? -1 : undefined}>
      <header className={styles.head}>
        {isDraft && post.plannedFor === undefined ? (
          <span className={clsx(styles.time, styles.noTime)}>{t.noTime}</span>
        ) : (
          <time className={styles.time} dateTime={new Date(timeOf(post)).toISOString()}>
            {isDraft ? formatPlannedTime(timeOf(post), now) : formatTime(timeOf(post))}
          </time>
        )}
        <Destinations post={post} connections={connections} />
      </header>
      {isDraft ? (
        <button
          className={clsx(styles.text, styles.open, text === '' && styles.noText)}
          type="button"
          aria-label={t.editDraft(text || t.noText)}
          onClick={() => {
            actions.onOpen(post.id);
          }}
        >
          {text || t.noText}
        </button>
      ) : (
        <p className={styles.text}>{text}</p>
      )}
      <PostStatusLine post={post} connections={connections} statistics={statistics} now={now} />
      {(status === 'failed' || status === 'sent-in-part') && (
        <PostActions post={post} connections={connections} actions={actions} />
      )}
    </article>
  );
}

/** Shows each network's logo once, with the accounts next to it if the network alone is ambiguous. */
function Destinations({ post, connections }: Pick<PostCardProps, 'post' | 'connections'>) {
  const destinations = destinationsOf(post, connections);
  const networks = [...new Set(destinations.map(({ network }) => network))];
  return networks.map((network) => {
    const accounts = destinations.flatMap((one) =>
      one.network === network && one.account !== '' ? [one.account] : [],
    );
    return (
      <span className={styles.network} key={network}>
        <Logo network={network} labelled />
        {accounts.length > 0 && (
          <span className={styles.account}>
            <IsolatedParts parts={accounts} />
          </span>
        )}
      </span>
    );
  });
}
