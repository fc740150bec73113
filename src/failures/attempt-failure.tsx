import type { SignInFailure } from '#connections/failure.ts';
import { Callout } from '#ui/callout.tsx';
import { useIsOnline } from '#ui/use-is-online.ts';

import styles from './attempt-failure.module.css';
import { describeFailedRequest, type ClientIdOrigin } from './failure-text.ts';
import { OperatorAdvice } from './operator-advice.tsx';

interface AttemptFailureProps {
  serviceName: string;
  failure: SignInFailure;
  /** The source of the client id. */
  origin?: ClientIdOrigin;
}

/** Shows why a sign-in could not start, and what to do next (UI-3). */
export function AttemptFailure({ serviceName, failure, origin }: AttemptFailureProps) {
  const isOnline = useIsOnline();
  const { tone, title, text, next, wire } = describeFailedRequest(serviceName, failure, isOnline, origin);
  return (
    <div className={styles.failure}>
      <Callout tone={tone} icon={tone === 'plain' ? 'minus' : 'alert'} title={`${title}.`}>
        {text} {next}
        {wire.map((line) => (
          <bdi className={styles.wire} key={line}>
            {line}
          </bdi>
        ))}
      </Callout>
      <OperatorAdvice failure={failure} isOnline={isOnline} />
    </div>
  );
}
