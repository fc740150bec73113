import { useEffect, useRef, useState } from 'react';

import type { Service } from '#connections/services/service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import { AttemptFailure } from '#failures/attempt-failure.tsx';
import type { ClientIdOrigin } from '#failures/failure-text.ts';
import { messages } from '#messages/en.ts';
import type { ButtonLook } from '#ui/button-class-name.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { Logo } from '#ui/logo.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { clientIdPath } from './client-id.ts';
import styles from './connect-button.module.css';
import { BIRDSONG, workerAbsence, type WorkerState } from './worker-state.ts';

const words = messages.connect;

/** Begins a connection; `isForgotten`: the service does not know this app any more, which registers anew. */
export type OnConnect = (serviceId: string, options?: { isForgotten: boolean }) => void;

interface ConnectButtonProps {
  service: Service;
  label: string;
  variant?: ButtonLook['variant'];
  size?: ButtonLook['size'];
  workerState: WorkerState;
  attempt: SignInAttempt;
  /** Where it is told how the last try went; `elsewhere`: the screen shows a ConnectStatus itself. */
  status?: 'below' | 'elsewhere';
  /** A sign-in left for the service and never came back: it may have forgotten this app, or not know the client id. */
  isAbandoned?: boolean;
  /** Where the service's client id comes from. */
  origin?: ClientIdOrigin;
  onConnect: OnConnect;
  onCancel: () => void;
}

/** The way to a new connection: the button, or in its place why there is none; below it what became of the last try. */
export function ConnectButton(props: ConnectButtonProps) {
  const { service, label, variant = 'primary', size, workerState, attempt, status = 'below' } = props;
  const { isAbandoned = false, origin = 'registered', onConnect, onCancel } = props;
  const buttonRef = useRef<HTMLButtonElement>(null);
  const absence = service.id === BIRDSONG ? workerAbsence(workerState) : undefined;
  if (absence !== undefined) {
    return (
      <Callout tone="warn" icon="alert" title={`${words.workerMissing.title(service.name)}.`}>
        {words.workerMissing.text(service.name)} {words.workerMissing.why[absence]}
      </Callout>
    );
  }
  const isOpening = isFor(service, attempt) && attempt.kind === 'working';
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
          busy={isOpening}
          onClick={() => {
            onConnect(service.id);
          }}
        >
          {service.icon !== undefined && <Logo network={service.name} icon={service.icon} />}
          {isOpening ? words.opening(service.name) : label}
        </Button>
        {isOpening && (
          <Button variant="quiet" size={size} onClick={cancel}>
            {words.cancel}
          </Button>
        )}
      </div>
      {status === 'below' && <ConnectStatus {...{ service, workerState, attempt, isAbandoned, origin, onConnect }} />}
    </div>
  );
}

/** That the demo network is starting, that the last sign-in never came back, or why the last try to connect a service failed. */
export function ConnectStatus({
  service,
  workerState,
  attempt,
  isAbandoned = false,
  origin = 'registered',
  onConnect,
}: Pick<ConnectButtonProps, 'service' | 'workerState' | 'attempt' | 'isAbandoned' | 'origin' | 'onConnect'>) {
  const isStarting = service.id === BIRDSONG && workerState === 'starting';
  return (
    <div role="status">
      {isStarting && <Starting service={service} />}
      {isFor(service, attempt) && attempt.kind === 'failed' && (
        <AttemptFailure serviceName={service.name} failure={attempt} origin={origin} />
      )}
      {isAbandoned && attempt.kind === 'idle' && origin !== 'configured' && (
        <Unanswered {...{ service, origin, onConnect }} />
      )}
    </div>
  );
}

/** Longer than a start usually takes. */
const LONG_MS = 1_500;

/** That the demo network is starting. Seen, the button says it: a line that is gone a moment later would move the page twice. */
function Starting({ service }: { service: Service }) {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const text = words.starting(service.name);
  return isLong ? <p className={styles.hint}>{text}</p> : <VisuallyHidden>{text}</VisuallyHidden>;
}

/** Whether an attempt is about a new connection of the service. */
function isFor(service: Service, attempt: SignInAttempt): boolean {
  return attempt.kind !== 'idle' && attempt.serviceId === service.id && attempt.connectionId === undefined;
}

interface UnansweredProps {
  service: Service;
  origin: Exclude<ClientIdOrigin, 'configured'>;
  onConnect: OnConnect;
}

/** The last sign-in never came back. A person who turned back can't be told from a server that does not know the app. */
function Unanswered({ service, origin, onConnect }: UnansweredProps) {
  const { title, text, again, typedText } = words.unanswered;
  const action =
    origin === 'typed' ? (
      <ButtonLink size="s" to={clientIdPath(service.id)}>
        {words.changeClientId}
      </ButtonLink>
    ) : (
      <Button
        size="s"
        onClick={() => {
          onConnect(service.id, { isForgotten: true });
        }}
      >
        {again}
      </Button>
    );
  return (
    <Callout icon="alert" title={title(service.name)} action={action}>
      {(origin === 'typed' ? typedText : text)(service.name)}
    </Callout>
  );
}
