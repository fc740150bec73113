import type { ConnectAttempt } from '#connections/connect-attempt.ts';
import { Notice } from '#ui/notice.tsx';
import { useIsOnline } from '#ui/use-is-online.ts';

import styles from './attempt-failure.module.css';
import { describeFault } from './fault-text.ts';
import { OperatorAdvice } from './operator-advice.tsx';

interface AttemptFailureProps {
  serviceName: string;
  attempt: Extract<ConnectAttempt, { kind: 'failed' }>;
}

/** Why a sign-in could not begin, and what helps (UI-3). */
export function AttemptFailure({ serviceName, attempt }: AttemptFailureProps) {
  const isOnline = useIsOnline();
  const { tone, title, text, next, wire } = describeFault(serviceName, attempt, isOnline);
  return (
    <div className={styles.failure}>
      <Notice tone={tone} icon={tone === 'plain' ? 'minus' : 'alert'} title={`${title}.`}>
        {text} {next}
        {wire.map((line) => (
          <bdi className={styles.wire} key={line}>
            {line}
          </bdi>
        ))}
      </Notice>
      <OperatorAdvice failure={attempt} isOnline={isOnline} />
    </div>
  );
}
