import { type Ref, useId } from 'react';

import { messages } from '#messages/en.ts';
import { Icon } from '#ui/icon.tsx';

import type { Problem } from './composer-problems.ts';
import styles from './composer.module.css';
import { DateTimePicker } from './date-time-picker.tsx';
import { FieldError } from './field-error.tsx';
import type { TimeFields } from './planned-time.ts';

const text = messages.composer;

interface ScheduleFieldProps {
  /** Undefined for an immediate post. */
  fields: TimeFields | undefined;
  now: number;
  /** The names of the networks that the post goes to. */
  networks: readonly string[];
  problem: Extract<Problem, { field: 'when' }> | undefined;
  /** Returns the initial value when the user chooses to pick a time. */
  offer: () => TimeFields;
  onChange: (fields: TimeFields | undefined) => void;
  ref: Ref<HTMLFieldSetElement>;
}

/** Lets the user choose when to publish the post, and says who publishes it then. */
export function ScheduleField({ fields, now, networks, problem, offer, onChange, ref }: ScheduleFieldProps) {
  const id = useId();
  return (
    <fieldset className={styles.field} ref={ref}>
      <legend className={styles.label}>{text.when}</legend>
      <DateTimePicker
        fields={fields}
        now={now}
        hasProblem={problem !== undefined}
        problemId={id}
        offer={offer}
        onChange={onChange}
      />
      <FieldError id={id} text={problem && (problem.kind === 'past' ? text.problems.past : text.problems.noTime)} />
      <ul className={styles.plan}>
        {networks.map((network) => (
          <li key={network}>
            <Icon name={fields ? 'server' : 'send'} />
            {fields ? text.sentByServer(network) : text.sentNow(network)}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
