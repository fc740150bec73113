import { type RefObject, useId } from 'react';

import { messages } from '#messages/en.ts';
import { formatNumber } from '#messages/format.ts';
import { useAutoGrow } from '#ui/use-auto-grow.ts';

import { CharacterCount } from './character-count.tsx';
import type { Problem } from './composer-problems.ts';
import styles from './composer.module.css';
import { FieldError } from './field-error.tsx';

const t = messages.composer;

interface PostTextFieldProps {
  text: string;
  /** Characters used, as the networks count them. */
  used: number;
  limits: readonly { network: string; limit: number }[];
  problem: Extract<Problem, { field: 'text' }> | undefined;
  onChange: (text: string) => void;
  ref: RefObject<HTMLTextAreaElement | null>;
}

/** Shows the text field with the remaining characters. */
export function PostTextField({ text, used, limits, problem, onChange, ref }: PostTextFieldProps) {
  const id = useId();
  useAutoGrow(ref);
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={`${id}text`}>
        {t.text}
      </label>
      <div className={styles.write}>
        <textarea
          id={`${id}text`}
          ref={ref}
          dir="auto"
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}problem ${id}counters`}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
        <CharacterCount id={`${id}counters`} used={used} limits={limits} />
      </div>
      <FieldError id={`${id}problem`} text={problem && problemText(problem)} />
    </div>
  );
}

function problemText(problem: Extract<Problem, { field: 'text' }>): string {
  return problem.kind === 'no-text'
    ? t.problems.noText
    : t.problems.tooLong(problem.network, formatNumber(problem.over));
}
