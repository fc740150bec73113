import { useId, useRef, useState } from 'react';

import type { ConsoleCall } from '#api/console-call.ts';
import type { Service } from '#connections/services/service.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { resourceConsole } from '#messages/en/console.ts';
import { formatNumber, formatWhen } from '#messages/format.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { Logo } from '#ui/logo.tsx';
import { Page } from '#ui/page.tsx';
import { useNow } from '#ui/use-now.ts';

import styles from './console-screen.module.css';
import { HistoryList } from './history-list.tsx';
import { formOf } from './history.ts';
import { RequestForm } from './request-form.tsx';
import type { RequestForm as Form } from './request.ts';
import { ResponsePane } from './response-pane.tsx';
import { saveForm, takeForm } from './saved-form.ts';
import type { StepUpRequest } from './shown-response.ts';
import { useSendRequest } from './use-send-request.ts';

const text = resourceConsole;
const EMPTY: Form = { method: 'GET', path: '', headers: '', body: '' };

interface ConsoleScreenProps {
  connection: ConnectionView;
  /** Undefined if the deployment no longer lists the service. */
  service: Service | undefined;
  call: ConsoleCall;
  now: () => number;
  /** Requests additional scopes. */
  onAllow: (scopes: readonly string[]) => void;
  /** `request`: the required kind of sign-in. */
  onReconnect: (request?: StepUpRequest) => void;
}

/** Lets the user send a request to one connected service by hand, and shows the response. */
export function ConsoleScreen({ connection, service, call, now, onAllow, onReconnect }: ConsoleScreenProps) {
  const responseId = useId();
  const pathRef = useRef<HTMLInputElement>(null);
  const { id, status } = connection;
  const at = useNow(60_000);
  const [form, setForm] = useState(() => takeForm(id) ?? EMPTY);
  /** Wraps an action that leaves for a sign-in page: stores the form, so it is restored on return. */
  const leaving =
    <Request,>(leave: (request: Request) => void) =>
    (request: Request): void => {
      saveForm(id, form);
      leave(request);
    };
  const { sending, history, send, cancel } = useSendRequest(call, now);
  const { name, resource } = connection.service;
  const { identity } = connection;
  const limit = service?.limits?.characters;
  const account = identity?.username === undefined ? identity?.name : `@${identity.username}`;
  const change = (patch: Partial<Form>): void => setForm((before) => ({ ...before, ...patch }));
  return (
    <Page
      title={text.title}
      lede={text.lede(name)}
      actions={
        <ButtonLink variant="quiet" to="/connections">
          {text.back}
        </ButtonLink>
      }
    >
      <title>{messages.title(text.title)}</title>
      <div className={styles.columns}>
        <div className={styles.main}>
          <div className={styles.who}>
            <Logo network={name} icon={service?.icon} large />
            <p className={styles.as}>
              {account === undefined ? (
                <bdi>{name}</bdi>
              ) : (
                <>
                  {text.as} <bdi>{account}</bdi>
                </>
              )}
            </p>
          </div>
          {status.kind === 'needs-sign-in' && (
            <Callout
              tone="warn"
              icon="alert"
              title={text.needsSignIn(name)}
              action={<Button onClick={() => leaving(onReconnect)(undefined)}>{text.reconnect}</Button>}
            >
              {messages.connections.endedBy[status.reason].text(name, formatWhen(status.at, at))}
            </Callout>
          )}
          <RequestForm
            resource={resource}
            form={form}
            bodyHint={limit === undefined ? undefined : text.characterLimit(name, formatNumber(limit))}
            isRunning={sending.kind === 'running'}
            onChange={change}
            onSend={(request) => void send(request, form)}
            onCancel={cancel}
            pathRef={pathRef}
          />
          <section className={styles.response} aria-labelledby={responseId}>
            <h2 id={responseId}>{text.answer}</h2>
            <ResponsePane
              sending={sending}
              connection={connection}
              service={service}
              onAllow={leaving(onAllow)}
              onReconnect={leaving(onReconnect)}
            />
          </section>
        </div>
        <HistoryList
          history={history}
          onAgain={(past) => {
            change(formOf(past));
            pathRef.current?.focus();
          }}
        />
      </div>
    </Page>
  );
}
