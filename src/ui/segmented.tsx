import { useId } from 'react';

import { Icon, type IconName } from './icon.tsx';
import styles from './segmented.module.css';

interface SegmentedProps<Value extends string> {
  /** The id of the element that labels the group; undefined if a surrounding fieldset does. */
  labelledBy?: string;
  options: readonly { value: Value; label: string; icon?: IconName }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** A segmented control: radio buttons side by side. */
export function Segmented<Value extends string>({ labelledBy, options, value, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div
      className={styles.segmented}
      role={labelledBy === undefined ? undefined : 'radiogroup'}
      aria-labelledby={labelledBy}
    >
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => {
              onChange(option.value);
            }}
          />
          <span>
            {option.icon && <Icon name={option.icon} small />}
            {option.label}
          </span>
        </label>
      ))}
    </div>
  );
}
