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

const t = messages.connect;

/** Starts a connection. If `isForgotten`, the service no longer recognises the client, so the app registers again. */
export type OnConnect = (serviceId: string, options?: { isForgotten: boolean }) => void;

interface ConnectButtonProps {
  service: Service;
  label: string;
  variant?: ButtonLook['variant'];
  size?: ButtonLook['size'];
  workerState: WorkerState;
  attempt: SignInAttempt;
  /** Where the result of the last attempt is shown; `elsewhere`: the screen renders a ConnectStatus itself. */
  status?: 'below' | 'elsewhere';
  /** Whether a sign-in left for the service and never returned: the server may not recognise the client id. */
  isAbandoned?: boolean;
  /** Where the service's client id comes from. */
  origin?: ClientIdOrigin;
  onConnect: OnConnect;
  onCancel: () => void;
}

/** Shows the button for a new connection, or why none is possible; below it, the result of the last attempt. */
export function ConnectButton(props: ConnectButtonProps) {
  const { service, label, variant = 'primary', size, workerState, attempt, status = 'below' } = props;
  const { isAbandoned = false, origin = 'registered', onConnect, onCancel } = props;
  const buttonRef = useRef<HTMLButtonElement>(null);
  const absence = service.id === BIRDSONG ? workerAbsence(workerState) : undefined;
  if (absence !== undefined) {
    return (
      <Callout tone="warn" icon="alert" title={`${t.workerMissing.title(service.name)}.`}>
        {t.workerMissing.text(service.name)} {t.workerMissing.why[absence]}
      </Callout>
    );
  }
  const isOpening = isFor(service, attempt) && attempt.kind === 'working';
  const cancel = (): void => {
    buttonRef.current?.focus(); // the Cancel button is about to unmount
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
          {isOpening ? t.opening(service.name) : label}
        </Button>
        {isOpening && (
          <Button variant="quiet" size={size} onClick={cancel}>
            {t.cancel}
          </Button>
        )}
      </div>
      {status === 'below' && <ConnectStatus {...{ service, workerState, attempt, isAbandoned, origin, onConnect }} />}
    </div>
  );
}

/** Shows that the demo network is starting, that the last sign-in never returned, or why the last connection attempt failed. */
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

/**
 * Announces that the demo network is starting. At first only to screen readers: a visible line that soon disappears would shift
 * the page twice.
 */
function Starting({ service }: { service: Service }) {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const text = t.starting(service.name);
  return isLong ? <p className={styles.hint}>{text}</p> : <VisuallyHidden>{text}</VisuallyHidden>;
}

/** Returns whether an attempt is for a new connection of the service. */
function isFor(service: Service, attempt: SignInAttempt): boolean {
  return attempt.kind !== 'idle' && attempt.serviceId === service.id && attempt.connectionId === undefined;
}

interface UnansweredProps {
  service: Service;
  origin: Exclude<ClientIdOrigin, 'configured'>;
  onConnect: OnConnect;
}

/**
 * Shows that the last sign-in never returned. The user may have turned back, or the server may not recognise the client; the app
 * cannot tell.
 */
function Unanswered({ service, origin, onConnect }: UnansweredProps) {
  const { title, text, again, typedText } = t.unanswered;
  const action =
    origin === 'typed' ? (
      <ButtonLink size="s" to={clientIdPath(service.id)}>
        {t.changeClientId}
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
