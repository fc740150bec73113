import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import { ButtonLink } from '#ui/button-link.tsx';
import { Notice } from '#ui/notice.tsx';

import type { Problem } from './composer-problems.ts';
import { ProblemLine } from './problem-line.tsx';

const words = messages.composer;

interface TargetProblemProps {
  problem: Extract<Problem, { field: 'targets' }>;
  onReconnect: (connectionId: string) => void;
}

/** Why the post can't go where it is meant to go, with the one thing that helps. */
export function TargetProblem({ problem, onReconnect }: TargetProblemProps) {
  switch (problem.kind) {
    case 'no-target':
      return <ProblemLine text={words.problems.noTarget} />;
    case 'no-connection':
      return (
        <Notice
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
        </Notice>
      );
    case 'read-only':
    case 'needs-sign-in': {
      const { id, service } = problem.connection;
      const isReadOnly = problem.kind === 'read-only';
      const { title, text } = (isReadOnly ? words.problems.readOnly : words.problems.needsSignIn)(service.name);
      return (
        <Notice
          tone="warn"
          icon={isReadOnly ? 'lock' : 'alert'}
          title={title}
          action={
            <Button
              size="s"
              onClick={() => {
                onReconnect(id);
              }}
            >
              {isReadOnly ? words.allowPosting : words.signInAgain}
            </Button>
          }
        >
          {text}
        </Notice>
      );
    }
  }
}
