import { type ReactNode, useId } from 'react';

import styles from './choice-field.module.css';

interface ChoiceFieldProps {
  type: 'checkbox' | 'radio';
  /** The group's name, for radio buttons. */
  name?: string;
  checked: boolean;
  /** The label of the choice. */
  label: ReactNode;
  /** The description, shown below the label. */
  children?: ReactNode;
  onChange: (isChecked: boolean) => void;
}

/** A checkbox or radio button with a label and a description. */
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
