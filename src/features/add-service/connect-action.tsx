import { useId, useRef } from 'react';

import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { AttemptFailure } from '#failures/attempt-failure.tsx';
import { addService } from '#messages/en/add-service.ts';
import { Button } from '#ui/button.tsx';

import styles from './add-service.module.css';
import type { ClientIdMode, Readiness } from './connect-choice.ts';

const text = addService.connect;

interface ConnectActionProps {
  readiness: Readiness;
  /** The host to sign in at, for display. */
  host: string;
  way: ClientIdMode;
  attempt: SignInAttempt;
  onCancel: () => void;
}

/** Shows the connect button or what is still missing; below it, why the last attempt failed (UI-3). */
export function ConnectAction({ readiness, host, way, attempt, onCancel }: ConnectActionProps) {
  const hintId = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isOpening = attempt.kind === 'working';
  const isReady = readiness.kind === 'ready';
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <Button
          ref={buttonRef}
          type="submit"
          variant="primary"
          size="l"
          busy={isOpening}
          aria-disabled={!isReady}
          aria-describedby={hintId}
        >
          {isOpening ? text.opening(host) : text.connect}
        </Button>
        {isOpening && (
          <Button
            variant="quiet"
            size="l"
            onClick={() => {
              buttonRef.current?.focus(); // the Cancel button is about to unmount
              onCancel();
            }}
          >
            {text.cancel}
          </Button>
        )}
        <span className={styles.soft} id={hintId}>
          {isReady ? text.leaves : text.missing[readiness.what]}
        </span>
      </div>
      <div className={styles.outcome} role="status">
        {attempt.kind === 'failed' && (
          <AttemptFailure serviceName={host} failure={attempt} origin={way === 'own' ? 'typed' : 'registered'} />
        )}
      </div>
    </div>
  );
}
