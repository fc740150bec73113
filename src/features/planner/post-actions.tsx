import { Link } from 'react-router';

import type { ConnectionView } from '#connections/connection-view.ts';
import { messages } from '#messages/en.ts';
import { type Post, statusOf } from '#planning/post.ts';
import { TextButton } from '#ui/text-button.tsx';

import styles from './post-card.module.css';
import { type Remedy, remediesOf } from './remedies.ts';

const words = messages.planner;

/** A sign-in again that a post, or its numbers, wait for. */
export interface SignInWish {
  connectionId: string;
  /** Wanted beside what is granted already. */
  scope?: readonly string[];
  /** The post that goes on after it. */
  resumes?: string;
}

interface PostActionsProps {
  post: Post;
  connections: readonly ConnectionView[];
  onTryAgain: (postId: string) => void;
  onSignIn: (wish: SignInWish) => void;
  onEdit: (postId: string) => void;
}

/** What can be done for a post that failed, somewhere or everywhere. */
export function PostActions({ post, connections, onTryAgain, onSignIn, onEdit }: PostActionsProps) {
  const take = (remedy: Remedy): void => {
    if (remedy.kind === 'try-again') {
      onTryAgain(post.id);
      return;
    }
    const scope = remedy.kind === 'allow-posting' ? { scope: remedy.scope } : undefined;
    onSignIn({ connectionId: remedy.connectionId, resumes: post.id, ...scope });
  };
  const isDisconnected = post.deliveries.some(
    ({ connectionId, state }) => state.kind === 'failed' && !connections.some(({ id }) => id === connectionId),
  );
  return (
    <div className={styles.actions}>
      {remediesOf(post, connections).map((remedy) => (
        <TextButton
          key={remedy.kind}
          onClick={() => {
            take(remedy);
          }}
        >
          {LABELS[remedy.kind]}
        </TextButton>
      ))}
      {isDisconnected && (
        <Link className={styles.link} to="/connections">
          {words.openConnections}
        </Link>
      )}
      {statusOf(post) === 'failed' && (
        <TextButton
          onClick={() => {
            onEdit(post.id);
          }}
        >
          {words.edit}
        </TextButton>
      )}
    </div>
  );
}

const LABELS: Record<Remedy['kind'], string> = {
  'try-again': words.tryAgain,
  reconnect: words.reconnect,
  'allow-posting': words.allowPosting,
};
