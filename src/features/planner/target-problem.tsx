import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';

import type { Problem } from './composer-problems.ts';
import { FieldError } from './field-error.tsx';

const words = messages.composer;

/** What the user can do about a connection that can't post. */
export interface TargetActions {
  onAllowPosting: (connectionId: string) => void;
  onReconnect: (connectionId: string) => void;
}

export interface TargetProblemProps {
  problem: Extract<Problem, { field: 'targets' }>;
  /** The name of the affected connection, if there is one. */
  name: string;
  actions: TargetActions;
}

/** Shows why the post can't go to its targets, with the one action that helps. */
export function TargetProblem({ problem, name, actions }: TargetProblemProps) {
  switch (problem.kind) {
    case 'no-target':
      return <FieldError text={words.problems.noTarget} />;
    case 'no-connection':
      return (
        <Callout
          tone="warn"
          icon="connections"
          title={words.problems.noConnection.title}
          action={
            <ButtonLink size="s" to="/connections">
              {words.goToConnections}
            </ButtonLink>
          }
        >
          {words.problems.noConnection.text}
        </Callout>
      );
    case 'posting-not-allowed':
    case 'needs-sign-in': {
      const { id } = problem.connection;
      const isEnded = problem.kind === 'needs-sign-in';
      return (
        <Callout
          tone="warn"
          icon={isEnded ? 'alert' : 'lock'}
          title={(isEnded ? words.problems.needsSignIn : words.problems.postingNotAllowed)(name)}
          action={
            <Button
              size="s"
              onClick={() => {
                (isEnded ? actions.onReconnect : actions.onAllowPosting)(id);
              }}
            >
              {isEnded ? words.signInAgain : words.allowPosting}
            </Button>
          }
        >
          {words.problems.textIsKept}
        </Callout>
      );
    }
  }
}
