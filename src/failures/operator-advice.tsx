import type { SignInFailure } from '#connections/failure.ts';
import { messages } from '#messages/en.ts';
import { Disclosure } from '#ui/disclosure.tsx';

import { corsHeadersFor } from './cors-headers.ts';
import styles from './operator-advice.module.css';

const text = messages.failures.operator;

interface OperatorAdviceProps {
  failure: SignInFailure;
  isOnline: boolean;
}

/** Shows the CORS headers that a server must send; renders nothing if CORS cannot be the cause. */
export function OperatorAdvice({ failure: { code, step, url, hadProof }, isOnline }: OperatorAdviceProps) {
  if (code !== 'unreachable' || !isOnline || step === undefined || url === undefined) return null;
  const { headers, hasPreflight } = corsHeadersFor(step, location.origin, hadProof);
  return (
    <Disclosure label={text.label}>
      <div className={styles.advice}>
        <p>{text.headers}</p>
        <pre>{headers.join('\n')}</pre>
        <p>{text.anyOrigin}</p>
        {hasPreflight && <p>{text.preflight}</p>}
        <p>{text.redirects}</p>
        <p>
          <code>
            <bdi>{url}</bdi>
          </code>
        </p>
      </div>
    </Disclosure>
  );
}
