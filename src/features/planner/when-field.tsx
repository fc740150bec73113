import { type Ref, useId } from 'react';

import { messages } from '#messages/en.ts';
import { Icon } from '#ui/icon.tsx';

import type { Problem } from './composer-problems.ts';
import styles from './composer.module.css';
import type { TimeFields } from './planned-time.ts';
import { ProblemLine } from './problem-line.tsx';
import { WhenPicker } from './when-picker.tsx';

const words = messages.composer;

interface WhenFieldProps {
  /** Missing: at once. */
  fields: TimeFields | undefined;
  now: number;
  /** The names of the networks that the post goes to. */
  networks: readonly string[];
  problem: Extract<Problem, { field: 'when' }> | undefined;
  /** What to offer when a time is to be picked. */
  offer: () => TimeFields;
  onChange: (fields: TimeFields | undefined) => void;
  ref: Ref<HTMLFieldSetElement>;
}

/** When the post goes out, and who sends it then. */
export function WhenField({ fields, now, networks, problem, offer, onChange, ref }: WhenFieldProps) {
  const id = useId();
  return (
    <fieldset className={styles.field} ref={ref}>
      <legend className={styles.label}>{words.when}</legend>
      <WhenPicker
        fields={fields}
        now={now}
        hasProblem={problem !== undefined}
        problemId={id}
        offer={offer}
        onChange={onChange}
      />
      <ProblemLine id={id} text={problem && (problem.kind === 'past' ? words.problems.past : words.problems.noTime)} />
      <ul className={styles.plan}>
        {networks.map((network) => (
          <li key={network}>
            <Icon name={fields ? 'server' : 'send'} />
            {fields ? words.sentByServer(network) : words.sentNow(network)}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
