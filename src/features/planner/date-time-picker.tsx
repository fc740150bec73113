import { messages } from '#messages/en.ts';
import { timeZoneCity } from '#messages/format.ts';
import { Segmented } from '#ui/segmented.tsx';

import styles from './date-time-picker.module.css';
import { fieldsOf, type TimeFields } from './planned-time.ts';

const text = messages.composer;

interface DateTimePickerProps {
  /** Undefined for an immediate post. */
  fields: TimeFields | undefined;
  /** Determines the earliest date that can be picked. */
  now: number;
  hasProblem: boolean;
  problemId: string;
  /** Returns the initial value when the user chooses to pick a time. */
  offer: () => TimeFields;
  onChange: (fields: TimeFields | undefined) => void;
}

/** Lets the user choose between now and a date and time in this device's time zone. */
export function DateTimePicker({ fields, now, hasProblem, problemId, offer, onChange }: DateTimePickerProps) {
  const state = { 'aria-invalid': hasProblem, 'aria-describedby': problemId };
  return (
    <>
      <div className={styles.choice}>
        <Segmented
          options={[
            { value: 'now', label: text.now },
            { value: 'at', label: text.pickTime },
          ]}
          value={fields ? 'at' : 'now'}
          onChange={(choice) => {
            onChange(choice === 'at' ? offer() : undefined);
          }}
        />
      </div>
      {fields && (
        <div className={styles.row}>
          <input
            {...state}
            className={styles.input}
            type="date"
            aria-label={text.date}
            min={fieldsOf(now).date}
            value={fields.date}
            onChange={({ target }) => {
              onChange({ ...fields, date: target.value });
            }}
          />
          <input
            {...state}
            className={styles.input}
            type="time"
            aria-label={text.time}
            value={fields.time}
            onChange={({ target }) => {
              onChange({ ...fields, time: target.value });
            }}
          />
          <span className={styles.zone}>{text.zone(timeZoneCity())}</span>
        </div>
      )}
    </>
  );
}
