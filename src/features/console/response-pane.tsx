import type { ReactNode } from 'react';

import type { Service } from '#connections/services/service.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { resourceConsole } from '#messages/en/console.ts';
import { formatMilliseconds } from '#messages/format.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { byteCount } from './byte-count.ts';
import styles from './console-screen.module.css';
import { failureText } from './failure-text.ts';
import { scopeOffer } from './offered-scopes.ts';
import { ResponseView, statusLine } from './response-view.tsx';
import { ScopePrompt } from './scope-prompt.tsx';
import type { ShownResponse, StepUpRequest } from './shown-response.ts';
import type { Sending } from './use-send-request.ts';

const t = resourceConsole;

interface ResponsePaneProps {
  sending: Sending;
  connection: ConnectionView;
  service: Service | undefined;
  onAllow: (scopes: readonly string[]) => void;
  /** `demand`: the required kind of sign-in. */
  onReconnect: (demand?: StepUpRequest) => void;
}

/** Shows the result of the last request. Screen readers hear a one-sentence summary; the details are there to be read. */
export function ResponsePane(props: ResponsePaneProps) {
  const { sending, connection } = props;
  return (
    <>
      <div role="status">{announced(sending, connection)}</div>
      {sending.kind === 'answered' && <ReceivedResponse {...props} response={sending.response} />}
      {isSignInOver(sending, connection) && <Button onClick={() => props.onReconnect()}>{t.reconnect}</Button>}
    </>
  );
}

function announced(sending: Sending, { service: { name } }: ConnectionView): ReactNode {
  switch (sending.kind) {
    case 'idle':
      return <p className={styles.muted}>{t.noAnswerYet}</p>;
    case 'running':
      return <p className={styles.muted}>{t.sending}</p>;
    case 'answered': {
      const { durationMs, size } = sending.response;
      return (
        <VisuallyHidden>
          {t.summary(statusLine(sending.response), formatMilliseconds(durationMs), byteCount(size))}
        </VisuallyHidden>
      );
    }
    case 'failed': {
      const { title, text } = failureText(name, sending.method, sending.error);
      const isCancelled = sending.error.code === 'cancelled';
      return (
        <Callout tone={isCancelled ? 'plain' : 'bad'} icon={isCancelled ? 'close' : 'alert'} title={title}>
          {text}
        </Callout>
      );
    }
    case 'broken':
      return (
        <Callout tone="bad" icon="alert" title={t.failures.broken.title}>
          {t.failures.broken.text}
        </Callout>
      );
  }
}

/** Returns whether to offer a sign-in here; false while the notice above the form offers the same. */
function isSignInOver(sending: Sending, { status }: ConnectionView): boolean {
  return sending.kind === 'failed' && sending.error.code === 'needs-sign-in' && status.kind !== 'needs-sign-in';
}

function ReceivedResponse({
  response,
  connection,
  service,
  onAllow,
  onReconnect,
}: ResponsePaneProps & { response: ShownResponse }) {
  const { name } = connection.service;
  const { rejection } = response;
  const offer = scopeOffer(rejection, connection, service);
  const rejectedToken = rejection?.kind === 'token' || rejection?.kind === 'refreshed-token' ? rejection : undefined;
  return (
    <>
      {offer && <ScopePrompt service={name} offer={offer} onAllow={onAllow} />}
      {/* If the sign-in has ended, the notice above the form says so. */}
      {rejectedToken && connection.status.kind !== 'needs-sign-in' && (
        <Callout
          tone="warn"
          icon="alert"
          title={t.refusedToken.title}
          action={<Button onClick={() => onReconnect()}>{t.reconnect}</Button>}
        >
          {t.refusedToken.text[rejectedToken.kind](name)}
        </Callout>
      )}
      {rejection?.kind === 'authentication' && (
        <StepUpPrompt service={name} demand={rejection.demand} onReconnect={onReconnect} />
      )}
      <ResponseView response={response} />
    </>
  );
}

interface StepUpPromptProps {
  service: string;
  demand: StepUpRequest;
  onReconnect: (demand: StepUpRequest) => void;
}

/** Shows that this call requires a more recent or stronger sign-in, and offers it (API-8). */
function StepUpPrompt({ service, demand, onReconnect }: StepUpPromptProps) {
  const { title, text, again } = t.demand;
  const { acrValues, maxAge } = demand;
  return (
    <Callout
      tone="warn"
      icon="lock"
      title={title}
      action={<Button onClick={() => onReconnect(demand)}>{again}</Button>}
    >
      {text(service)}{' '}
      {acrValues !== undefined && (
        <code>
          <bdi>{`acr_values=${acrValues}`}</bdi>
        </code>
      )}{' '}
      {maxAge !== undefined && <code>{`max_age=${maxAge}`}</code>}
    </Callout>
  );
}
