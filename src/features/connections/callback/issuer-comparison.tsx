import { messages } from '#messages/en.ts';

import styles from './comparison.module.css';
import { diff } from './diff.ts';

const words = messages.callback.issuerMismatch;

/** An answer that should have named its issuer and did not (RFC 9207 §2.4). */
const UNNAMED = 'none';

/** The issuer that was asked and the one that answered, with what differs marked. */
export function IssuerComparison({ expected, actual }: { expected: string; actual: string }) {
  const isNamed = actual !== UNNAMED;
  const difference = diff(expected, isNamed ? actual : expected);
  return (
    <dl className={styles.compare}>
      <div>
        <dt>{words.asked}</dt>
        <dd>
          {/* Where the answer only lacks something, the mark goes on what it lacks. */}
          <Marked
            value={expected}
            part={difference.actual === '' ? difference.expected : ''}
            start={difference.start}
          />
        </dd>
      </div>
      <div>
        <dt>{words.answered}</dt>
        <dd>{isNamed ? <Marked value={actual} part={difference.actual} start={difference.start} /> : words.nobody}</dd>
      </div>
    </dl>
  );
}

function Marked({ value, part, start }: { value: string; part: string; start: number }) {
  return (
    <code>
      <bdi>
        {part === '' ? (
          value
        ) : (
          <>
            {value.slice(0, start)}
            <mark>{part}</mark>
            {value.slice(start + part.length)}
          </>
        )}
      </bdi>
    </code>
  );
}
