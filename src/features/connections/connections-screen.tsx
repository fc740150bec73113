import { useEffect, useRef, useState } from 'react';

import type { RevocationResults } from '#connections/disconnect/revocation-queue.ts';
import type { Service } from '#connections/services/service.ts';
import type { SignInAttempt } from '#connections/sign-in/sign-in-attempt.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Page } from '#ui/page.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

import { clientIdPath, originOf } from './client-id.ts';
import { ConnectButton, ConnectStatus } from './connect-button.tsx';
import type {
  CardActions,
  ConnectionActions,
  ConnectionQueries,
  OfferedServices,
  SignOutReturn,
} from './connection-actions.ts';
import { ConnectionCard } from './connection-card.tsx';
import styles from './connections-screen.module.css';
import { DisconnectDialog, type SignOutOffer } from './disconnect-dialog.tsx';
import { DisconnectResult } from './disconnect-result.tsx';
import { endedConnection, type EndedConnection } from './ended-connection.ts';
import { ServicesFileErrors } from './services-file-errors.tsx';
import { BIRDSONG, isAvailable, type WorkerState } from './worker-state.ts';

const text = messages.connections;

interface ConnectionsScreenProps {
  /** Undefined while loading. */
  connections: readonly ConnectionView[] | undefined;
  offered: OfferedServices;
  /** The sign-in that is being started, and the services whose last sign-in never returned. */
  signIn: { attempt: SignInAttempt; abandoned: readonly string[] };
  /** The demo network: whether its worker runs, and its page where the user controls its server. */
  demo: { workerState: WorkerState; demoControlsUrl?: string };
  /** The sign-out, and the results of revocations that could not be sent when the connection ended, by connection id. */
  ends: SignOutReturn & { revocationResults: RevocationResults };
  queries: ConnectionQueries;
  actions: ConnectionActions;
}

/** Lists every connection: account, permissions, token status, and the actions to reconnect and disconnect. */
export function ConnectionsScreen(props: ConnectionsScreenProps) {
  const { connections, offered, signIn, demo, ends, queries, actions } = props;
  const { services, problems, addServicePath, removable, typedClientIds } = offered;
  const { attempt, abandoned } = signIn;
  const { workerState, demoControlsUrl } = demo;
  const { signedOut, isBackFromSignOut = false, unconfirmed, revocationResults } = ends;
  const [leaving, setLeaving] = useState<{ connection: ConnectionView; signOut: SignOutOffer | undefined }>();
  const [ended, setEnded] = useState<EndedConnection>();
  const notice = ended ?? signedOut;
  const outcomeRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The pressed button is gone with its card, or the page was left in between.
    if (ended || isBackFromSignOut) outcomeRef.current?.focus();
  }, [ended, isBackFromSignOut]);
  const askBefore = async (connection: ConnectionView): Promise<void> => {
    setEnded(undefined);
    if (signedOut) actions.onForgetSignOut();
    setLeaving({ connection, signOut: await queries.findSignOut(connection.id) });
  };
  const isReported = ({ id }: EndedConnection): boolean => unconfirmed.some((report) => report.id === id);
  const dismiss = (seen: EndedConnection): void => {
    if (seen === signedOut) actions.onForgetSignOut();
    if (seen === ended) setEnded(undefined);
    if (seen.id !== undefined) actions.onDismissReport(seen.id);
  };
  const cardActions: CardActions = { ...actions, onAskDisconnect: (connection) => void askBefore(connection) };
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
      {...{ service, workerState, attempt }}
      onConnect={actions.onConnect}
      isAbandoned={abandoned.includes(service.id)}
      origin={originOf(service, typedClientIds)}
    />
  ));
  const connectButtons = (hasSome: boolean) => [
    ...services.map((service) => (
      <ConnectButton
        key={service.id}
        service={service}
        look={{ variant: hasSome || service !== services[0] ? 'plain' : 'primary' }}
        label={labelFor(service)}
        workerState={workerState}
        attempt={attempt}
        actions={actions}
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
            actions.onRemove(id);
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
  const first = services.find((service) => isAvailable(service, workerState));
  return (
    <Page title={text.title} lede={text.lede} actions={connections && !isEmpty ? connectButtons(true) : undefined}>
      <title>{messages.title(text.title)}</title>
      {connections && !isEmpty && <div className={styles.outcome}>{statuses}</div>}
      <div className={styles.outcome} role="status">
        {notice && (
          <DisconnectResult
            ended={notice}
            since={revocationResults.get(notice.id ?? '')}
            accessUrl={serviceOf(notice)?.accessUrl}
            onClose={notice === signedOut || isReported(notice) ? () => dismiss(notice) : undefined}
            ref={outcomeRef}
          />
        )}
      </div>
      {unconfirmed
        .filter(({ id }) => id !== notice?.id)
        .map((report) => (
          <div key={report.id} className={styles.outcome}>
            <DisconnectResult
              ended={report}
              since={revocationResults.get(report.id ?? '')}
              accessUrl={serviceOf(report)?.accessUrl}
              onClose={() => dismiss(report)}
            />
          </div>
        ))}
      {problems.length > 0 && (
        <div className={styles.outcome}>
          <ServicesFileErrors problems={problems} />
        </div>
      )}
      {!connections && <Skeleton count={2} label={text.loading} />}
      {isEmpty && (
        <EmptyState title={text.empty.title} text={first && emptyTextFor(first)} note={statuses}>
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
            queries={queries}
            actions={cardActions}
          />
        ))}
      </div>
      {leaving && (
        <DisconnectDialog
          {...leaving}
          takesPosts={queries.takesPosts(leaving.connection.service.id)}
          onDisconnect={actions.onDisconnect}
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
  return id === BIRDSONG ? text.empty.text(name) : text.empty.otherText(name);
}
