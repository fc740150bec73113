import { type Ref, useEffect, useRef, useState } from 'react';

import type { ConnectAttempt } from '#connections/connect-attempt.ts';
import type { ConnectionView } from '#connections/connection-view.ts';
import type { Service } from '#connections/service.ts';
import { messages } from '#messages/en.ts';
import { Bones } from '#ui/bones.tsx';
import { Empty } from '#ui/empty.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { ThemeSwitch } from '#ui/theme-switch.tsx';

import { ConnectButton } from './connect-button.tsx';
import { ConnectionCard } from './connection-card.tsx';
import styles from './connections-screen.module.css';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { BIRDSONG, type WorkerState } from './worker-state.ts';

const words = messages.connections;

interface ConnectionsScreenProps {
  /** Undefined while they are read. */
  connections: readonly ConnectionView[] | undefined;
  services: readonly Service[];
  attempt: ConnectAttempt;
  workerState: WorkerState;
  /** Birdsong's own page where a person plays its server. */
  demoControlsUrl?: string;
  onConnect: (serviceId: string) => void;
  onReconnect: (connectionId: string) => void;
  /** Revokes and forgets; says whether the server confirmed the revocation (REV-3). */
  onDisconnect: (connectionId: string) => Promise<{ confirmed: boolean }>;
  onCancel: () => void;
}

/** Every connection: who, what is allowed, how its token stands, and the ways to renew and to end it. */
export function ConnectionsScreen(props: ConnectionsScreenProps) {
  const { connections, services, attempt, workerState, demoControlsUrl, onConnect, onReconnect, onCancel } = props;
  const [leaving, setLeaving] = useState<ConnectionView>();
  const [outcome, setOutcome] = useState<{ service: string; confirmed: boolean }>();
  const outcomeRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its card.
    if (outcome) outcomeRef.current?.focus();
  }, [outcome]);

  const connectButtons = (hasSome: boolean) =>
    services.map((service) => (
      <ConnectButton
        key={service.id}
        service={service}
        variant={hasSome ? 'plain' : 'primary'}
        label={hasSome ? messages.connect.connectAnother : messages.connect.connect(service.name)}
        workerState={workerState}
        attempt={attempt}
        onConnect={onConnect}
        onCancel={onCancel}
      />
    ));

  const isEmpty = connections?.length === 0;
  return (
    <Page title={words.title} lede={words.lede} actions={connections && !isEmpty ? connectButtons(true) : undefined}>
      <title>{messages.title(words.title)}</title>
      <div className={styles.theme}>
        <ThemeSwitch label={messages.shell.switchTheme} />
      </div>
      <div className={styles.outcome} role="status">
        {outcome && <DisconnectOutcome {...outcome} ref={outcomeRef} />}
      </div>
      {!connections && <Bones count={2} label={words.loading} />}
      {isEmpty && (
        <Empty title={words.empty.title} text={words.empty.text(services[0]?.name ?? '')}>
          {connectButtons(false)}
        </Empty>
      )}
      <div className={styles.list}>
        {connections?.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            service={services.find(({ id }) => id === connection.service.id)}
            attempt={attempt}
            demoControlsUrl={connection.service.id === BIRDSONG ? demoControlsUrl : undefined}
            onReconnect={onReconnect}
            onDisconnect={() => {
              setOutcome(undefined);
              setLeaving(connection);
            }}
            onCancel={onCancel}
          />
        ))}
      </div>
      {leaving && (
        <DisconnectDialog
          connection={leaving}
          onDisconnect={props.onDisconnect}
          onDone={({ confirmed }) => {
            setOutcome({ service: leaving.service.name, confirmed });
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

interface DisconnectOutcomeProps {
  service: string;
  confirmed: boolean;
  ref: Ref<HTMLDivElement>;
}

function DisconnectOutcome({ service, confirmed, ref }: DisconnectOutcomeProps) {
  const said = words.disconnected;
  return confirmed ? (
    <Notice icon="check" title={said.confirmed(service)} ref={ref}>
      {said.confirmedText(service)}
    </Notice>
  ) : (
    <Notice tone="warn" icon="alert" title={said.unconfirmed(service)} ref={ref}>
      {said.unconfirmedText(service)}
    </Notice>
  );
}
