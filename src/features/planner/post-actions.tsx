import { Link } from 'react-router';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { type Post, type StepUpRequirement, statusOf } from '#planning/post.ts';
import { TextButton } from '#ui/text-button.tsx';

import { connectionName } from './destinations.ts';
import styles from './post-card.module.css';
import { isGone, type RecoveryAction, recoveryActionsFor } from './recovery-actions.ts';
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
export interface RecoveryHandlers {
  onTryAgain: (postId: string) => void;
  onSignIn: (request: ReconnectRequest) => void;
  /** Called for a post that no network accepted, to edit it again. */
  onEdit: (postId: string) => void;
}

interface PostActionsProps {
  post: Post;
  connections: readonly ConnectionView[];
  actions: RecoveryHandlers;
}

/** Shows the actions for a post that failed on some or all networks. */
export function PostActions({ post, connections, actions }: PostActionsProps) {
  const { onTryAgain, onSignIn, onEdit } = actions;
  const signIn = (action: SignInAction): void => {
    onSignIn({
      connectionId: action.connectionId,
      resumes: post.id,
      ...(action.kind === 'allow-posting' && { scope: action.scope }),
      ...(action.kind === 'sign-in-again' && { authentication: action.demand }),
    });
  };
  return (
    <div className={styles.actions}>
      {recoveryActionsFor(post, connections).map((action) =>
        action.kind === 'try-again' ? (
          <TryAgainButton
            key={action.kind}
            wait={action.wait && { ...action.wait, name: connectionName(action.wait.connection, connections) }}
            onClick={() => {
              onTryAgain(post.id);
            }}
          />
        ) : (
          <TextButton
            key={action.kind}
            onClick={() => {
              signIn(action);
            }}
          >
            {LABELS[action.kind]}
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

type SignInAction = Exclude<RecoveryAction, { kind: 'try-again' }>;

const LABELS: Record<SignInAction['kind'], string> = {
  reconnect: text.reconnect,
  'allow-posting': text.allowPosting,
  'sign-in-again': text.signInAgain,
};
