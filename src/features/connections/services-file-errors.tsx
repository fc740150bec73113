import { messages } from '#messages/en.ts';
import { Callout } from '#ui/callout.tsx';

import styles from './connections-screen.module.css';

/** A mistake in the deployer's list of services. */
export interface ServicesProblem {
  line: number;
  field: string;
  message: string;
}

/** Shows what the deployer has to fix; each entry can be located in the file. */
export function ServicesFileErrors({ problems }: { problems: readonly ServicesProblem[] }) {
  const { title, text, place } = messages.connect.servicesFile;
  return (
    <Callout tone="warn" icon="alert" title={title(problems.length)}>
      {text}
      {problems.map((problem) => (
        <span className={styles.problem} key={`${problem.line} ${problem.field} ${problem.message}`}>
          <code>
            <bdi>{place(problem.line, problem.field)}</bdi>
          </code>{' '}
          <bdi>{problem.message}</bdi>
        </span>
      ))}
    </Callout>
  );
}
