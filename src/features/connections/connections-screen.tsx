import { useEffect, useRef, useState } from 'react';

import type { RevocationResults } from '#connections/disconnect/revocation-queue.ts';
import type { Service, ServiceReference } from '#connections/services/service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Page } from '#ui/page.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

import { clientIdPath, originOf } from './client-id.ts';
import { ConnectButton, ConnectStatus, type OnConnect } from './connect-button.tsx';
import { ConnectionCard } from './connection-card.tsx';
import styles from './connections-screen.module.css';
import { DisconnectDialog, type OnDisconnect, type SignOutOffer } from './disconnect-dialog.tsx';
import { DisconnectResult } from './disconnect-result.tsx';
import { endedConnection, type EndedConnection } from './ended-connection.ts';
import { ServicesFileErrors, type ServicesProblem } from './services-file-errors.tsx';
import type { TokenShown } from './token-claims.tsx';
import { BIRDSONG, canRun, type WorkerState } from './worker-state.ts';

const words = messages.connections;

interface ConnectionsScreenProps {
  /** Undefined while they are read. */
  connections: readonly ConnectionView[] | undefined;
  services: readonly Service[];
  attempt: SignInAttempt;
  workerState: WorkerState;
  /** Birdsong's own page where a person plays its server. */
  demoControlsUrl?: string;
  /** Services that a sign-in left for and never came back from. */
  abandoned: readonly string[];
  /** Mistakes in the deployer's list of services. */
  problems: readonly ServicesProblem[];
  /** Where services are added by their address; missing where the deployer offers none. */
  addServicePath?: string;
  /** Services that somebody added here and that no connection uses: they can be taken off the list. */
  removable: readonly string[];
  /** Services whose client id somebody typed in here: it can be changed. */
  typedClientIds: readonly string[];
  onRemove: (serviceId: string) => void;
  onConnect: OnConnect;
  /** Reads an access token's form, when somebody wants to see it. */
  parseToken: (connectionId: string) => TokenShown | undefined;
  onReconnect: (connectionId: string) => void;
  /** Whether nobody here may choose another sign-in server for a service: the deployer has. */
  isServerFixed: (service: ServiceReference) => boolean;
  /** A sign-in server that a service has come to name was looked at, and is to be used from now on (DISC-5). */
  onApproveServer: (connectionId: string, issuer: string) => void;
  /** Asks for more than is granted. */
  onAllow: (connectionId: string, scopes: readonly string[]) => void;
  /** Whether posts go out through a service. */
  takesPosts: (serviceId: string) => boolean;
  /** Forgets and revokes; says whether the server confirmed the revocation (REV-3). */
  onDisconnect: OnDisconnect;
  /** What servers said since, that could not be asked when a connection ended; by its id. */
  revocationResults: RevocationResults;
  /** Where a person can sign out too when a connection ends; undefined where its provider offers no such thing. */
  findSignOut: (connectionId: string) => Promise<SignOutOffer | undefined>;
  /** The connection before the last sign-out, told until somebody has read it. */
  signedOut?: EndedConnection;
  /** Whether the page comes back from that sign-out just now. */
  isBackFromSignOut?: boolean;
  onForgetSignOut: () => void;
  onCancel: () => void;
}

/** Every connection: who, what is allowed, how its token stands, and the ways to reconnect and to end it. */
export function ConnectionsScreen(props: ConnectionsScreenProps) {
  const { connections, services, attempt, workerState, demoControlsUrl, onConnect, onCancel } = props;
  const {
    abandoned,
    problems,
    addServicePath,
    removable,
    typedClientIds,
    signedOut,
    isBackFromSignOut = false,
  } = props;
  const [leaving, setLeaving] = useState<{ connection: ConnectionView; signOut: SignOutOffer | undefined }>();
  const [ended, setEnded] = useState<EndedConnection>();
  const told = ended ?? signedOut;
  const outcomeRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its card; or the page was left since.
    if (ended || isBackFromSignOut) outcomeRef.current?.focus();
  }, [ended, isBackFromSignOut]);
  const askBefore = async (connection: ConnectionView): Promise<void> => {
    setEnded(undefined);
    if (signedOut) props.onForgetSignOut();
    setLeaving({ connection, signOut: await props.findSignOut(connection.id) });
  };
  const serviceOf = (connection: Pick<ConnectionView, 'service'>): Service | undefined =>
    services.find(({ id }) => id === connection.service.id);

  const labelFor = ({ id, name }: Service): string => {
    const isConnected = connections?.some(({ service }) => service.id === id) === true;
    if (services.length === 1 && connections?.length !== 0) return messages.connect.connectAnother;
    return isConnected ? messages.connect.connectAnotherOf(name) : messages.connect.connect(name);
  };
  const statuses = services.map((service) => (
    <ConnectStatus
      key={service.id}
      {...{ service, workerState, attempt, onConnect }}
      isAbandoned={abandoned.includes(service.id)}
      origin={originOf(service, typedClientIds)}
    />
  ));
  const connectButtons = (hasSome: boolean) => [
    ...services.map((service) => (
      <ConnectButton
        key={service.id}
        service={service}
        variant={hasSome || service !== services[0] ? 'plain' : 'primary'}
        label={labelFor(service)}
        workerState={workerState}
        attempt={attempt}
        status="elsewhere"
        onConnect={onConnect}
        onCancel={onCancel}
      />
    )),
    ...services
      // Where a sign-in never came back, that is offered with the reason beside it.
      .filter(({ id }) => removable.includes(id) && typedClientIds.includes(id) && !abandoned.includes(id))
      .map(({ id, name }) => (
        <ButtonLink key={`client id ${id}`} variant="quiet" to={clientIdPath(id)}>
          {messages.connect.changeClientIdOf(name)}
        </ButtonLink>
      )),
    ...services
      .filter(({ id }) => removable.includes(id))
      .map(({ id, name }) => (
        <Button
          key={`remove ${id}`}
          variant="quiet"
          onClick={() => {
            props.onRemove(id);
          }}
        >
          {messages.connect.remove(name)}
        </Button>
      )),
    ...(addServicePath === undefined
      ? []
      : [
          <ButtonLink key="add" to={addServicePath} variant="quiet">
            {messages.connect.addService}
          </ButtonLink>,
        ]),
  ];

  const isEmpty = connections?.length === 0;
  const first = services.find((service) => canRun(service, workerState));
  return (
    <Page title={words.title} lede={words.lede} actions={connections && !isEmpty ? connectButtons(true) : undefined}>
      <title>{messages.title(words.title)}</title>
      {connections && !isEmpty && <div className={styles.outcome}>{statuses}</div>}
      <div className={styles.outcome} role="status">
        {told && (
          <DisconnectResult
            ended={told}
            since={props.revocationResults.get(told.id ?? '')}
            accessUrl={serviceOf(told)?.accessUrl}
            onClose={told === signedOut ? props.onForgetSignOut : undefined}
            ref={outcomeRef}
          />
        )}
      </div>
      {problems.length > 0 && (
        <div className={styles.outcome}>
          <ServicesFileErrors problems={problems} />
        </div>
      )}
      {!connections && <Skeleton count={2} label={words.loading} />}
      {isEmpty && (
        <EmptyState title={words.empty.title} text={first && emptyTextFor(first)} note={statuses}>
          {connectButtons(false)}
        </EmptyState>
      )}
      <div className={styles.list}>
        {connections?.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            service={serviceOf(connection)}
            hasTypedClientId={typedClientIds.includes(connection.service.id)}
            attempt={attempt}
            demoControlsUrl={connection.service.id === BIRDSONG ? demoControlsUrl : undefined}
            parseToken={props.parseToken}
            onReconnect={props.onReconnect}
            onAllow={props.onAllow}
            isServerFixed={props.isServerFixed(connection.service)}
            onApproveServer={(issuer) => {
              props.onApproveServer(connection.id, issuer);
            }}
            onDisconnect={() => void askBefore(connection)}
            onCancel={onCancel}
          />
        ))}
      </div>
      {leaving && (
        <DisconnectDialog
          {...leaving}
          takesPosts={props.takesPosts(leaving.connection.service.id)}
          onDisconnect={props.onDisconnect}
          onDone={(outcome, { signsOut }) => {
            setEnded(endedConnection(leaving.connection, outcome, signsOut ? leaving.signOut : undefined));
            setLeaving(undefined);
          }}
          onKeep={() => {
            setLeaving(undefined);
          }}
        />
      )}
    </Page>
  );
}

/** What to begin with. Only the demo network needs no account. */
function emptyTextFor({ id, name }: Service): string {
  return id === BIRDSONG ? words.empty.text(name) : words.empty.otherText(name);
}
