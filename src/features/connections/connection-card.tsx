import { useRef } from 'react';

import type { SignInFailure } from '#connections/failure.ts';
import type { Service } from '#connections/services/service.ts';
import { effectiveScope } from '#connections/sign-in/reauthorization-scope.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import type { ConnectionStatus, ConnectionView } from '#connections/store/connection-view.ts';
import { AttemptFailure } from '#failures/attempt-failure.tsx';
import { messages } from '#messages/en.ts';
import { Avatar } from '#ui/avatar.tsx';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { clsx } from '#ui/clsx.ts';
import { Disclosure } from '#ui/disclosure.tsx';
import { IsolatedParts } from '#ui/isolated-parts.tsx';
import { useNow } from '#ui/use-now.ts';

import { accountName, accountParts, fullName } from './account-name.ts';
import { clientIdPath, originOf } from './client-id.ts';
import type { CardActions, ConnectionQueries } from './connection-actions.ts';
import styles from './connection-card.module.css';
import { ConnectionDetails } from './connection-details.tsx';
import { PermissionList } from './permission-list.tsx';
import { requiresSignIn } from './requires-sign-in.ts';
import { ServerChange } from './server-change.tsx';
import { TokenStatus } from './token-status.tsx';

const text = messages.connections;

interface ConnectionCardProps {
  connection: ConnectionView;
  /** Undefined if the deployment no longer lists the service. */
  service: Service | undefined;
  /** Whether the user typed in the service's client id and can change it. */
  hasTypedClientId: boolean;
  attempt: SignInAttempt;
  demoControlsUrl: string | undefined;
  queries: Pick<ConnectionQueries, 'parseToken' | 'isServerFixed'>;
  actions: CardActions;
}

/** Shows one connection. The server's account claims are isolated from the surrounding text (UI-2). */
export function ConnectionCard(props: ConnectionCardProps) {
  const { connection, service, hasTypedClientId, attempt, demoControlsUrl, queries, actions } = props;
  const { id, status } = connection;
  const { name } = connection.service;
  const needsThem = requiresSignIn(status, useNow());
  const mine = attempt.kind !== 'idle' && attempt.connectionId === id ? attempt : undefined;
  const isOpening = mine?.kind === 'working';
  const change = changeOf(status, mine);
  // A moved service has no Reconnect button: the old server is gone, and a new one must be reviewed first.
  const isMoved = status.kind === 'needs-sign-in' && status.reason === 'server-changed';
  const isRefused = status.kind === 'refused';
  const account = fullName(connection);
  const changePath = hasTypedClientId ? clientIdPath(connection.service.id, id) : undefined;
  const reconnectRef = useRef<HTMLButtonElement>(null);
  const cancel = (): void => {
    reconnectRef.current?.focus(); // the Cancel button is about to unmount
    actions.onCancel();
  };
  return (
    <article className={clsx(styles.card, needsThem && styles.warn)} aria-label={account}>
      <div className={styles.main}>
        <div className={styles.account}>
          <Avatar name={accountName(connection)} network={name} icon={service?.icon} />
          <div>
            <h2>{name}</h2>
            <p>
              <IsolatedParts parts={accountParts(connection)} />
            </p>
            {service && <p className={styles.place}>{service.place}</p>}
          </div>
        </div>
        {status.kind === 'needs-sign-in' ? (
          <p className={styles.none}>{text.noPermissions}</p>
        ) : (
          <PermissionList
            permissions={service?.permissions ?? []}
            scope={effectiveScope(
              connection.scope,
              service?.firstScopes ?? [],
              connection.details?.hasRefreshToken === true,
            )}
            account={account}
            onAllow={(scopes) => {
              actions.onAllow(id, scopes);
            }}
          />
        )}
        <TokenStatus service={name} status={status} />
      </div>
      {change && (
        <div className={styles.failure} role="status">
          <ServerChange
            service={name}
            change={change}
            isFixed={queries.isServerFixed(connection.service)}
            onApprove={(issuer) => {
              actions.onApproveServer(id, issuer);
            }}
          />
        </div>
      )}
      {mine?.kind === 'failed' && !change && (
        <div className={styles.failure} role="status">
          <AttemptFailure
            serviceName={name}
            failure={mine}
            origin={originOf(service ?? connection.service, hasTypedClientId ? [connection.service.id] : [])}
          />
        </div>
      )}
      <div className={styles.rest}>
        <Disclosure label={text.details}>
          <ConnectionDetails
            connection={connection}
            readToken={() => queries.parseToken(id)}
            characterLimit={service?.limits?.characters}
            clientIdPath={changePath}
          />
        </Disclosure>
        <div className={styles.foot}>
          {demoControlsUrl !== undefined && (
            <a className={styles.demo} href={demoControlsUrl}>
              {text.demoControls(name)}
            </a>
          )}
          {changePath !== undefined && status.kind === 'needs-sign-in' && status.reason === 'client-unknown' && (
            <ButtonLink size="s" variant="quiet" to={changePath}>
              {messages.connect.changeClientId}
            </ButtonLink>
          )}
          <ButtonLink
            size="s"
            variant="quiet"
            to={`/connections/${id}/console`}
            aria-label={messages.connections.consoleOf(account)}
          >
            {messages.connections.console}
          </ButtonLink>
          {isOpening && (
            <Button size="s" variant="quiet" onClick={cancel}>
              {messages.connect.cancel}
            </Button>
          )}
          {!isMoved && (
            <Button
              ref={reconnectRef}
              size="s"
              variant={needsThem ? 'primary' : 'quiet'}
              busy={isOpening}
              aria-label={
                isOpening ? undefined : (isRefused ? text.signInAgainAccount : text.reconnectAccount)(account)
              }
              onClick={() => {
                actions.onReconnect(id);
              }}
            >
              {isOpening ? messages.connect.opening(name) : isRefused ? text.signInAgain : text.reconnect}
            </Button>
          )}
          <Button
            size="s"
            variant="danger"
            aria-label={text.disconnectAccount(account)}
            onClick={() => {
              actions.onAskDisconnect(connection);
            }}
          >
            {text.disconnect}
          </Button>
        </div>
      </div>
    </article>
  );
}

/** Returns the service's change of servers if it ended the connection or blocked the last attempt. */
function changeOf(status: ConnectionStatus, attempt: SignInAttempt | undefined): SignInFailure['change'] {
  if (status.kind === 'needs-sign-in' && status.reason === 'server-changed') return status.change;
  return attempt?.kind === 'failed' ? attempt.change : undefined;
}
