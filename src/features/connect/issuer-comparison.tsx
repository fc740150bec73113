import { messages } from '#messages/en.ts';

import { differenceOf } from './difference.ts';
import styles from './issuer-comparison.module.css';

const words = messages.callback.issuerMismatch;

/** The issuer that was asked and the one that answered, with what differs marked. */
export function IssuerComparison({ expected, actual }: { expected: string; actual: string }) {
  const difference = differenceOf(expected, actual);
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
        <dd>
          {actual === '' ? words.nobody : <Marked value={actual} part={difference.actual} start={difference.start} />}
        </dd>
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
