import { type ReactNode, type Ref, useId } from 'react';

import { Icon } from './icon.tsx';
import styles from './text-field.module.css';

interface TextFieldProps {
  label: string;
  hint?: string;
  value: string;
  inputMode?: 'url';
  /** The validation error. */
  problem?: string | undefined;
  /** Content next to the input. */
  children?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  onChange: (value: string) => void;
}

/** A single-line field for technical values: auto-capitalization, spell checking and autocompletion are off. */
export function TextField({ label, hint, value, inputMode, problem, children, ref, onChange }: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={`${id}input`}>{label}</label>
      <div className={styles.row}>
        <input
          id={`${id}input`}
          ref={ref}
          type="text"
          inputMode={inputMode}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={hint === undefined ? `${id}problem` : `${id}problem ${id}hint`}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
        {children}
      </div>
      <div id={`${id}problem`} role="status">
        {problem !== undefined && (
          <p className={styles.problem}>
            <Icon name="alert" small />
            {problem}
          </p>
        )}
      </div>
      {hint !== undefined && (
        <p className={styles.hint} id={`${id}hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
