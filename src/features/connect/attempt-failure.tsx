import type { ConnectAttempt } from '#connections/connect-attempt.ts';
import { messages } from '#messages/en.ts';
import { Notice } from '#ui/notice.tsx';

import styles from './attempt-failure.module.css';

interface AttemptFailureProps {
  serviceName: string;
  attempt: Extract<ConnectAttempt, { kind: 'failed' }>;
}

/** Why a sign-in could not begin, and what helps (UI-3). */
export function AttemptFailure({ serviceName, attempt }: AttemptFailureProps) {
  const { title, text, next } = messages.faults[attempt.code](serviceName);
  return (
    <Notice tone="bad" icon="alert" title={`${title}.`}>
      {text} {next}
      {attempt.serverError !== undefined && (
        <bdi className={styles.wire}>
          {'error='}
          {attempt.serverError}
        </bdi>
      )}
      {attempt.url !== undefined && <bdi className={styles.wire}>{messages.connect.failed(attempt.url)}</bdi>}
    </Notice>
  );
}
