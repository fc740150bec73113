import type { Ref } from 'react';

import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';

import { isBlocking, type Problem } from './composer-problems.ts';
import styles from './composer.module.css';
import { connectionName } from './destinations.ts';
import { TargetPicker } from './target-picker.tsx';
import { type TargetActions, TargetProblem, type TargetProblemProps } from './target-problem.tsx';

const text = messages.composer;

interface TargetFieldProps {
  connections: readonly ConnectionView[];
  targets: readonly string[];
  canPost: (connection: ConnectionView) => boolean;
  problems: readonly TargetProblemProps['problem'][];
  onChange: (targets: string[]) => void;
  actions: TargetActions;
  ref: Ref<HTMLFieldSetElement>;
  /** Points at the first problem that keeps the post from being sent. */
  problemRef: Ref<HTMLDivElement>;
}

/** Shows the post's targets, and the problems with them. */
export function TargetField(props: TargetFieldProps) {
  const { connections, targets, canPost, problems, onChange, actions, ref, problemRef } = props;
  const blocking = problems.find(isBlocking);
  return (
    <fieldset className={styles.field} ref={ref}>
      <legend className={styles.label}>{text.postTo}</legend>
      <TargetPicker connections={connections} targets={targets} canPost={canPost} onChange={onChange} />
      {problems.map((problem) => (
        <div key={keyOf(problem)} ref={problem === blocking ? problemRef : undefined}>
          <TargetProblem
            problem={problem}
            name={'connection' in problem ? connectionName(problem.connection, connections) : ''}
            actions={actions}
          />
        </div>
      ))}
    </fieldset>
  );
}

const keyOf = (problem: Problem): string => ('connection' in problem ? problem.connection.id : problem.kind);
