import { messages } from '#messages/en.ts';

import styles from './comparison.module.css';
import { diff } from './diff.ts';

const text = messages.callback.issuerMismatch;

interface IssuerComparisonProps {
  expected: string;
  /** Missing if the response has no `iss` parameter although it requires one (RFC 9207 §2.4). */
  actual?: string | undefined;
}

/** Shows the expected and the actual issuer with their difference highlighted. */
export function IssuerComparison({ expected, actual }: IssuerComparisonProps) {
  const isVisible = actual !== undefined && actual.trim() !== '';
  const difference = diff(expected, isVisible ? actual : expected);
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
          {isVisible ? (
            <Marked value={actual} part={difference.actual} start={difference.start} />
          ) : (
            text[actual === undefined ? 'nobody' : 'empty']
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
