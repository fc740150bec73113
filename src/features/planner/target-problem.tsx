import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';

import type { Problem } from './composer-problems.ts';
import { FieldError } from './field-error.tsx';

const text = messages.composer;

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
      return <FieldError text={text.problems.noTarget} />;
    case 'no-connection':
      return (
        <Callout
          tone="warn"
          icon="connections"
          title={text.problems.noConnection.title}
          action={
            <ButtonLink size="s" to="/connections">
              {text.goToConnections}
            </ButtonLink>
          }
        >
          {text.problems.noConnection.text}
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
          title={(isEnded ? text.problems.needsSignIn : text.problems.postingNotAllowed)(name)}
          action={
            <Button
              size="s"
              onClick={() => {
                (isEnded ? actions.onReconnect : actions.onAllowPosting)(id);
              }}
            >
              {isEnded ? text.signInAgain : text.allowPosting}
            </Button>
          }
        >
          {text.problems.textIsKept}
        </Callout>
      );
    }
  }
}
