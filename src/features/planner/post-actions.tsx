import { Link } from 'react-router';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { type Post, type StepUpRequirement, statusOf } from '#planning/post.ts';
import { TextButton } from '#ui/text-button.tsx';

import { connectionName } from './destinations.ts';
import styles from './post-card.module.css';
import { isGone, type Remedy, remediesOf } from './recovery-actions.ts';
import { TryAgainButton } from './try-again-button.tsx';

const text = messages.planner;

/** A new sign-in that a post or its statistics require. */
export interface ReconnectRequest {
  connectionId: string;
  /** Scopes wanted in addition to the granted ones. */
  scope?: readonly string[];
  /** The required kind of sign-in (API-8). */
  authentication?: StepUpRequirement;
  /** The post to resume afterwards. */
  resumes?: string;
}

/** What the user can do to a post that failed. */
export interface RecoveryActions {
  onTryAgain: (postId: string) => void;
  onSignIn: (request: ReconnectRequest) => void;
  /** Called for a post that no network accepted, to edit it again. */
  onEdit: (postId: string) => void;
}

interface PostActionsProps {
  post: Post;
  connections: readonly ConnectionView[];
  actions: RecoveryActions;
}

/** Shows the actions for a post that failed on some or all networks. */
export function PostActions({ post, connections, actions }: PostActionsProps) {
  const { onTryAgain, onSignIn, onEdit } = actions;
  const signIn = (remedy: SignInRemedy): void => {
    onSignIn({
      connectionId: remedy.connectionId,
      resumes: post.id,
      ...(remedy.kind === 'allow-posting' && { scope: remedy.scope }),
      ...(remedy.kind === 'sign-in-again' && { authentication: remedy.demand }),
    });
  };
  return (
    <div className={styles.actions}>
      {remediesOf(post, connections).map((remedy) =>
        remedy.kind === 'try-again' ? (
          <TryAgainButton
            key={remedy.kind}
            wait={remedy.wait && { ...remedy.wait, name: connectionName(remedy.wait.connection, connections) }}
            onClick={() => {
              onTryAgain(post.id);
            }}
          />
        ) : (
          <TextButton
            key={remedy.kind}
            onClick={() => {
              signIn(remedy);
            }}
          >
            {LABELS[remedy.kind]}
          </TextButton>
        ),
      )}
      {post.deliveries.some((delivery) => isGone(delivery, connections)) && (
        <Link className={styles.link} to="/connections">
          {text.openConnections}
        </Link>
      )}
      {statusOf(post) === 'failed' && (
        <TextButton
          onClick={() => {
            onEdit(post.id);
          }}
        >
          {text.edit}
        </TextButton>
      )}
    </div>
  );
}

type SignInRemedy = Exclude<Remedy, { kind: 'try-again' }>;

const LABELS: Record<SignInRemedy['kind'], string> = {
  reconnect: text.reconnect,
  'allow-posting': text.allowPosting,
  'sign-in-again': text.signInAgain,
};
