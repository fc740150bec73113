import { messages } from '#messages/en.ts';

import styles from './comparison.module.css';
import { diff } from './diff.ts';

const text = messages.callback.issuerMismatch;

/** The value that stands for a missing `iss` parameter in a response that requires one (RFC 9207 §2.4). */
const UNNAMED = 'none';

/** Shows the expected and the actual issuer with their difference highlighted. */
export function IssuerComparison({ expected, actual }: { expected: string; actual: string }) {
  const isNamed = actual !== UNNAMED && actual !== '';
  const difference = diff(expected, isNamed ? actual : expected);
  return (
    <dl className={styles.compare}>
      <div>
        <dt>{text.asked}</dt>
        <dd>
          {/* If the actual issuer only lacks something, highlight the missing part in the expected one. */}
          <Marked
            value={expected}
            part={difference.actual === '' ? difference.expected : ''}
            start={difference.start}
          />
        </dd>
      </div>
      <div>
        <dt>{text.answered}</dt>
        <dd>
          {isNamed ? (
            <Marked value={actual} part={difference.actual} start={difference.start} />
          ) : (
            text[actual === '' ? 'empty' : 'nobody']
          )}
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
