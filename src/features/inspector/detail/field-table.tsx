import { inspector } from '#messages/en/inspector.ts';
import type { Fields, TraceEvent } from '#trace/event.ts';

import styles from './field-table.module.css';
import { ShownValue } from './secret-value.tsx';

const text = inspector.exchange;

interface FieldTableProps {
  /** The title of the first column. */
  title: string;
  event: TraceEvent;
  fields: Fields;
  meaning: (name: string, value: string) => string;
}

/** Shows names and values as they were transferred, each with its meaning. */
export function FieldTable({ title, event, fields, meaning }: FieldTableProps) {
  if (fields.length === 0) return null;
  return (
    <table className={styles.fields}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{text.value}</th>
          <th scope="col">{text.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(([name, value], index) => (
          // Header names may repeat, and recorded fields never change, so the index is a stable key.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={index}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td className={styles.value}>
              <ShownValue event={event} name={name} value={value} />
            </td>
            <td className={styles.meaning}>{meaning(name, value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
