import { type ReactNode, useId } from 'react';

import styles from './choice-field.module.css';

interface ChoiceFieldProps {
  type: 'checkbox' | 'radio';
  /** Of the group, for radio buttons. */
  name?: string;
  checked: boolean;
  /** What names the choice. */
  label: ReactNode;
  /** What stands below it, read out as its description. */
  children?: ReactNode;
  onChange: (isChecked: boolean) => void;
}

/** A box to tick or one of several, with its name and what is to be known before choosing it. */
export function ChoiceField({ type, name, checked, label, children, onChange }: ChoiceFieldProps) {
  const id = useId();
  return (
    <label className={styles.choice}>
      <input
        type={type}
        name={name}
        checked={checked}
        aria-labelledby={`${id}label`}
        aria-describedby={`${id}details`}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
      />
      <span className={styles.body}>
        <span className={styles.row} id={`${id}label`}>
          {label}
        </span>
        <span className={styles.details} id={`${id}details`}>
          {children}
        </span>
      </span>
    </label>
  );
}
