import { Link } from 'react-router';

import type { ConnectionView } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';
import { formatTime, formatWhen } from '#messages/format.ts';
import { type Post, type PostStatus, statusOf, timeOf } from '#planning/post.ts';
import { classes } from '#ui/classes.ts';
import { Mark } from '#ui/mark.tsx';
import { TextButton } from '#ui/text-button.tsx';

import styles from './post-card.module.css';
import { type Counts, PostStatusLine } from './post-status.tsx';

const words = messages.planner;

const LOOKS: Record<PostStatus, string | undefined> = {
  draft: styles.draft,
  sending: styles.sending,
  scheduled: undefined,
  sent: styles.sent,
  'sent-in-part': undefined,
  failed: styles.failed,
};

interface PostCardProps {
  post: Post;
  connections: readonly ConnectionView[];
  statistics: ReadonlyMap<string, Counts>;
  now: number;
  onOpen: (postId: string) => void;
  onTryAgain: (postId: string) => void;
  onEdit: (postId: string) => void;
}

/** One post: when, where to, what, and how it stands. A draft opens as a whole. */
export function PostCard({ post, connections, statistics, now, onOpen, onTryAgain, onEdit }: PostCardProps) {
  const status = statusOf(post);
  const isDraft = status === 'draft';
  const networks = isDraft
    ? connections.filter(({ id }) => post.targets.includes(id)).map(({ service }) => service.name)
    : post.deliveries.map(({ network }) => network);
  const text = post.text.trim();
  return (
    <article className={classes(styles.post, LOOKS[status])}>
      <header className={styles.head}>
        {isDraft && post.plannedFor === undefined ? (
          <span className={classes(styles.time, styles.noTime)}>{words.noTime}</span>
        ) : (
          <time className={styles.time} dateTime={new Date(timeOf(post)).toISOString()}>
            {isDraft ? formatWhen(timeOf(post), now) : formatTime(timeOf(post))}
          </time>
        )}
        {[...new Set(networks)].map((network) => (
          <Mark network={network} labelled key={network} />
        ))}
      </header>
      {isDraft ? (
        <button
          className={classes(styles.text, styles.open, text === '' && styles.noText)}
          type="button"
          aria-label={words.editDraft(text || words.noText)}
          onClick={() => {
            onOpen(post.id);
          }}
        >
          {text || words.noText}
        </button>
      ) : (
        <p className={styles.text}>{text}</p>
      )}
      <PostStatusLine post={post} statistics={statistics} now={now} />
      {(status === 'failed' || status === 'sent-in-part') && (
        <div className={styles.actions}>
          <TextButton
            onClick={() => {
              onTryAgain(post.id);
            }}
          >
            {words.tryAgain}
          </TextButton>
          {needsConnections(post) && (
            <Link className={styles.link} to="/connections">
              {words.openConnections}
            </Link>
          )}
          {status === 'failed' && (
            <TextButton
              onClick={() => {
                onEdit(post.id);
              }}
            >
              {words.edit}
            </TextButton>
          )}
        </div>
      )}
    </article>
  );
}

/** Whether what failed can only be put right at Connections. */
function needsConnections({ deliveries }: Post): boolean {
  return deliveries.some(
    ({ state }) => state.kind === 'failed' && ['needs-sign-in', 'not-allowed', 'not-connected'].includes(state.reason),
  );
}
