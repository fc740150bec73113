import type { ConnectAttempt } from '#connections/connect-attempt.ts';
import type { ConnectionView } from '#connections/connection-view.ts';
import type { Permission, Service } from '#connections/service.ts';
import { messages } from '#messages/en.ts';
import { Avatar } from '#ui/avatar.tsx';
import { Button } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { Disclosure } from '#ui/disclosure.tsx';
import { Icon } from '#ui/icon.tsx';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { accountName, accountText } from './account-name.ts';
import { AttemptFailure } from './attempt-failure.tsx';
import styles from './connection-card.module.css';
import { ConnectionFacts } from './connection-facts.tsx';
import { TokenStatus } from './token-status.tsx';

const words = messages.connections;

interface ConnectionCardProps {
  connection: ConnectionView;
  /** Missing where the deployment no longer lists the service. */
  service: Service | undefined;
  attempt: ConnectAttempt;
  demoControlsUrl: string | undefined;
  onReconnect: (connectionId: string) => void;
  onDisconnect: () => void;
  onCancel: () => void;
}

/** One connection. What the server says of the account is set apart from the words around it (UI-2). */
export function ConnectionCard(props: ConnectionCardProps) {
  const { connection, service, attempt, demoControlsUrl, onReconnect, onDisconnect, onCancel } = props;
  const { id, status, details } = connection;
  const { name } = connection.service;
  const needsSignIn = status.kind === 'needs-sign-in';
  const mine = attempt.kind !== 'idle' && attempt.connectionId === id ? attempt : undefined;
  const isOpening = mine?.kind === 'working';
  return (
    <article
      className={classes(styles.card, needsSignIn && styles.warn)}
      aria-label={`${name}, ${accountText(connection)}`}
    >
      <div className={styles.main}>
        <div className={styles.account}>
          <Avatar name={accountName(connection)} network={name} />
          <div>
            <h2>{name}</h2>
            <p>
              <bdi>{accountText(connection)}</bdi>
            </p>
            {service && <p className={styles.place}>{service.place}</p>}
          </div>
        </div>
        {needsSignIn ? (
          <p className={styles.none}>{words.noPermissions}</p>
        ) : (
          <Permissions permissions={service?.permissions ?? []} scope={connection.scope} />
        )}
        <TokenStatus service={name} status={status} />
      </div>
      {mine?.kind === 'failed' && (
        <div className={styles.failure} role="status">
          <AttemptFailure serviceName={name} attempt={mine} />
        </div>
      )}
      <div className={styles.rest}>
        <Disclosure label={words.details}>
          <ConnectionFacts connectedAt={connection.connectedAt} scope={connection.scope} details={details} />
        </Disclosure>
        <div className={styles.foot}>
          {demoControlsUrl !== undefined && (
            <a className={styles.demo} href={demoControlsUrl}>
              {words.demoControls(name)}
            </a>
          )}
          {isOpening && (
            <Button size="s" variant="quiet" onClick={onCancel}>
              {messages.connect.cancel}
            </Button>
          )}
          <Button
            size="s"
            variant={needsSignIn ? 'primary' : 'quiet'}
            busy={isOpening}
            onClick={() => {
              onReconnect(id);
            }}
          >
            {isOpening ? messages.connect.opening(name) : words.reconnect}
          </Button>
          <Button size="s" variant="danger" busy={status.kind === 'revoking'} onClick={onDisconnect}>
            {words.disconnect}
          </Button>
        </div>
      </div>
    </article>
  );
}

function Permissions({ permissions, scope }: { permissions: readonly Permission[]; scope: readonly string[] }) {
  return (
    <ul className={styles.permissions} aria-label={words.permissions}>
      {permissions.map(({ label, scopes }) =>
        scopes.every((name) => scope.includes(name)) ? (
          <li key={label}>
            <Icon name="check" small />
            <span>{label}</span>
          </li>
        ) : (
          <li className={styles.not} key={label}>
            <Icon name="minus" small />
            <span>
              <VisuallyHidden>{words.notAllowed} </VisuallyHidden>
              {label}
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
