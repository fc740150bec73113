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
  /** Undefined while loading. */
  connections: readonly ConnectionView[] | undefined;
  services: readonly Service[];
  attempt: SignInAttempt;
  workerState: WorkerState;
  /** The Birdsong page where the user controls its server. */
  demoControlsUrl?: string;
  /** Services whose last sign-in never returned. */
  abandoned: readonly string[];
  /** Mistakes in the deployer's list of services. */
  problems: readonly ServicesProblem[];
  /** The path for adding a service by its address; absent if the deployer disables that. */
  addServicePath?: string | undefined;
  /** Services that the user added and no connection uses; they can be removed from the list. */
  removable: readonly string[];
  /** Services whose client id the user typed in and can therefore change. */
  typedClientIds: readonly string[];
  onRemove: (serviceId: string) => void;
  onConnect: OnConnect;
  /** Parses an access token for display when the user asks for it. */
  parseToken: (connectionId: string) => TokenShown | undefined;
  onReconnect: (connectionId: string) => void;
  /** Whether the deployer has fixed a service's sign-in server, so the user cannot choose another one. */
  isServerFixed: (service: ServiceReference) => boolean;
  /** Called when the user approves a service's new sign-in server after reviewing it, to be used from now on (DISC-5). */
  onApproveServer: (connectionId: string, issuer: string) => void;
  /** Requests additional scopes. */
  onAllow: (connectionId: string, scopes: readonly string[]) => void;
  /** Whether posts are published through a service. */
  takesPosts: (serviceId: string) => boolean;
  /** Deletes and revokes the tokens; reports whether the server confirmed the revocation (REV-3). */
  onDisconnect: OnDisconnect;
  /** Results of revocations that could not be sent when the connection ended, by connection id. */
  revocationResults: RevocationResults;
  /** Returns the provider's sign-out, offered when a connection ends; undefined if the provider has none. */
  findSignOut: (connectionId: string) => Promise<SignOutOffer | undefined>;
  /** The connection before the last sign-out, shown until the user dismisses it. */
  signedOut?: EndedConnection | undefined;
  /** Whether the page has just returned from that sign-out. */
  isBackFromSignOut?: boolean;
  onForgetSignOut: () => void;
  onCancel: () => void;
}

/** Lists every connection: account, permissions, token status, and the actions to reconnect and disconnect. */
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
    // The pressed button is gone with its card, or the page was left in between.
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
      // An abandoned sign-in already offers this, along with the reason.
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

/** Returns the text for the empty list. Only the demo network needs no account. */
function emptyTextFor({ id, name }: Service): string {
  return id === BIRDSONG ? words.empty.text(name) : words.empty.otherText(name);
}
