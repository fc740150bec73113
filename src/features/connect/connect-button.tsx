import { useRef } from 'react';

import type { ConnectAttempt } from '#connections/connect-attempt.ts';
import type { Service } from '#connections/service.ts';
import { AttemptFailure } from '#faults/attempt-failure.tsx';
import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';
import type { ButtonLook } from '#ui/button-look.ts';
import { Notice } from '#ui/notice.tsx';

import styles from './connect-button.module.css';
import { BIRDSONG, canRun, type WorkerState } from './worker-state.ts';

const words = messages.connect;

/** Begins a connection; `isForgotten`: the service does not know this app any more, which registers anew. */
export type OnConnect = (serviceId: string, options?: { isForgotten: boolean }) => void;

interface ConnectButtonProps {
  service: Service;
  label: string;
  variant?: ButtonLook['variant'];
  size?: ButtonLook['size'];
  workerState: WorkerState;
  attempt: ConnectAttempt;
  /** Where it is told how the last try went; `elsewhere`: the screen shows a ConnectStatus itself. */
  status?: 'below' | 'elsewhere';
  /** A sign-in left for the service and never came back: it may have forgotten this app. */
  isUnanswered?: boolean;
  onConnect: OnConnect;
  onCancel: () => void;
}

/** The way to a new connection: the button, or in its place why there is none; below it what became of the last try. */
export function ConnectButton(props: ConnectButtonProps) {
  const { service, label, variant = 'primary', size, workerState, attempt, status = 'below' } = props;
  const { isUnanswered = false, onConnect, onCancel } = props;
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isDemo = service.id === BIRDSONG;
  if (!canRun(service, workerState)) {
    return (
      <Notice tone="warn" icon="alert" title={`${words.workerMissing.title(service.name)}.`}>
        {words.workerMissing.text(service.name)} {words.workerMissing.next}
      </Notice>
    );
  }
  const isOpening = isFor(service, attempt) && attempt.kind === 'working';
  const isStarting = isDemo && workerState === 'starting';
  const cancel = (): void => {
    buttonRef.current?.focus(); // Cancel goes
    onCancel();
  };
  return (
    <div className={styles.stack}>
      <div className={styles.buttons}>
        <Button
          ref={buttonRef}
          variant={variant}
          size={size}
          busy={isOpening || isStarting}
          onClick={() => {
            onConnect(service.id);
          }}
        >
          {isOpening ? words.opening(service.name) : label}
        </Button>
        {isOpening && (
          <Button variant="quiet" size={size} onClick={cancel}>
            {words.cancel}
          </Button>
        )}
      </div>
      {status === 'below' && <ConnectStatus {...{ service, workerState, attempt, isUnanswered, onConnect }} />}
    </div>
  );
}

/** That the demo network is starting, that the last sign-in never came back, or why the last try to connect a service failed. */
export function ConnectStatus({
  service,
  workerState,
  attempt,
  isUnanswered,
  onConnect,
}: Pick<ConnectButtonProps, 'service' | 'workerState' | 'attempt' | 'isUnanswered' | 'onConnect'>) {
  const isStarting = service.id === BIRDSONG && workerState === 'starting';
  return (
    <div role="status">
      {isStarting && <p className={styles.hint}>{words.starting(service.name)}</p>}
      {isFor(service, attempt) && attempt.kind === 'failed' && (
        <AttemptFailure serviceName={service.name} attempt={attempt} />
      )}
      {isUnanswered && attempt.kind === 'idle' && (
        <Notice
          icon="alert"
          title={words.unanswered.title(service.name)}
          action={
            <Button
              size="s"
              onClick={() => {
                onConnect(service.id, { isForgotten: true });
              }}
            >
              {words.unanswered.again}
            </Button>
          }
        >
          {words.unanswered.text(service.name)}
        </Notice>
      )}
    </div>
  );
}

/** Whether an attempt is about a new connection of the service. */
function isFor(service: Service, attempt: ConnectAttempt): boolean {
  return attempt.kind !== 'idle' && attempt.serviceId === service.id && attempt.connectionId === undefined;
}
