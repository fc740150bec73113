import { type ReactNode, useEffect, useRef, useState } from 'react';

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
import type { ConnectionActions, OnConnect } from './connection-actions.ts';
import { BIRDSONG, workerAbsence, type WorkerState } from './worker-state.ts';

const t = messages.connect;

/** What a new connection needs on every screen that offers it. */
interface NewConnectionProps {
  service: Service;
  workerState: WorkerState;
  attempt: SignInAttempt;
}

interface ConnectButtonProps extends NewConnectionProps {
  label: string;
  look?: Pick<ButtonLook, 'variant' | 'size'>;
  actions: Pick<ConnectionActions, 'onConnect' | 'onCancel'>;
  /** Shown below the button, unless no connection is possible. */
  children?: ReactNode;
}

/** Shows the button for a new connection, or why none is possible. `ConnectStatus` shows the result of the last attempt. */
export function ConnectButton(props: ConnectButtonProps) {
  const { service, label, look, workerState, attempt, actions, children } = props;
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
    actions.onCancel();
  };
  return (
    <div className={styles.stack}>
      <div className={styles.buttons}>
        <Button
          ref={buttonRef}
          variant={look?.variant ?? 'primary'}
          size={look?.size}
          busy={isOpening}
          onClick={() => {
            actions.onConnect(service.id);
          }}
        >
          {service.icon !== undefined && <Logo network={service.name} icon={service.icon} />}
          {isOpening ? t.opening(service.name) : label}
        </Button>
        {isOpening && (
          <Button variant="quiet" size={look?.size} onClick={cancel}>
            {t.cancel}
          </Button>
        )}
      </div>
      {children}
    </div>
  );
}

interface ConnectStatusProps extends NewConnectionProps {
  /** Whether a sign-in left for the service and never returned: the server may not recognise the client id. */
  isAbandoned?: boolean;
  /** Where the service's client id comes from. */
  origin?: ClientIdOrigin;
  onConnect: OnConnect;
}

/** Shows that the demo network is starting, that the last sign-in never returned, or why the last connection attempt failed. */
export function ConnectStatus({
  service,
  workerState,
  attempt,
  isAbandoned = false,
  origin = 'registered',
  onConnect,
}: ConnectStatusProps) {
  const isStarting = service.id === BIRDSONG && workerState === 'starting';
  return (
    <div role="status">
      {isStarting && <Starting service={service} />}
      {isFor(service, attempt) && attempt.kind === 'failed' && (
        <AttemptFailure serviceName={service.name} failure={attempt} origin={origin} />
      )}
      {isAbandoned && attempt.kind === 'idle' && origin !== 'configured' && (
        <Abandoned {...{ service, origin, onConnect }} />
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

interface AbandonedProps {
  service: Service;
  origin: Exclude<ClientIdOrigin, 'configured'>;
  onConnect: OnConnect;
}

/**
 * Shows that the last sign-in never returned. The user may have turned back, or the server may not recognise the client; the app
 * cannot tell.
 */
function Abandoned({ service, origin, onConnect }: AbandonedProps) {
  const { title, text, again, typedText } = t.abandoned;
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
