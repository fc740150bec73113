import { inspector } from '#messages/en/inspector.ts';
import type { Fields, TraceEvent } from '#trace/event.ts';

import styles from './field-table.module.css';
import { ShownValue } from './secret-value.tsx';

const words = inspector.exchange;

interface FieldTableProps {
  /** What the first column holds. */
  title: string;
  event: TraceEvent;
  fields: Fields;
  meaning: (name: string, value: string) => string;
}

/** Names and values as they stood on the wire, each with what it means. */
export function FieldTable({ title, event, fields, meaning }: FieldTableProps) {
  if (fields.length === 0) return null;
  return (
    <table className={styles.fields}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{words.value}</th>
          <th scope="col">{words.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(([name, value], place) => (
          // A header may stand twice, and what was recorded never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={place}>
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
