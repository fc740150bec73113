import { useSyncExternalStore } from 'react';
import { Navigate, useLocation } from 'react-router';

import type { Services } from '#app/composition/app-context.ts';
import { appUrl } from '#base.ts';
import type { PendingSignOut } from '#connections/disconnect/pending-logout.ts';
import { useConnectAttempt } from '#connections/sign-in/use-sign-in-attempt.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { ConnectionsScreen } from '#features/connections/connections-screen.tsx';
import type { EndedConnection } from '#features/connections/ended-connection.ts';

import { useCatalogue } from './use-catalogue.ts';
import { useSignIn } from './use-sign-in.ts';
import { useTypedClientIds } from './use-typed-client-ids.ts';

const returnTo = '/connections';

/** Who the app may act for, and the ways to change it. */
export function ConnectionsRoute({ services }: { services: Services }) {
  const connections = useConnections(services.connections);
  const attempt = useConnectAttempt(services.starter);
  const workerState = useSyncExternalStore(services.worker.state.subscribe, services.worker.state.get);
  const catalogue = useCatalogue(services);
  const { all, subscribe } = services.catalogue.custom;
  const custom = (useSyncExternalStore(subscribe, all) ?? []).map(({ id }) => id);
  const unanswered = useSyncExternalStore(services.starter.unanswered.subscribe, services.starter.unanswered.get);
  const typedClientIds = useTypedClientIds(services);
  const { endings } = services;
  const heardSince = useSyncExternalStore(services.heardSince.subscribe, services.heardSince.get);
  const signedOut = useSyncExternalStore(endings.signedOut.subscribe, endings.signedOut.get);
  const { connect, signInAgain, isServerFixed, approveServer } = useSignIn(services);
  return (
    <ConnectionsScreen
      connections={catalogue && connections}
      services={catalogue?.services ?? []}
      problems={catalogue?.problems ?? []}
      removable={custom.filter((id) => !connections?.some(({ service }) => service.id === id))}
      onRemove={(serviceId) => void services.catalogue.custom.remove(serviceId)}
      typedClientIds={typedClientIds}
      unanswered={unanswered}
      {...(catalogue?.offersAddService && { addServicePath: '/services/new' })}
      attempt={attempt}
      workerState={workerState}
      demoControlsUrl={new URL('birdsong/controls', appUrl).href}
      tokenFormOf={services.tokenFormOf}
      onConnect={(serviceId, options) => connect(serviceId, { returnTo, ...options })}
      onReconnect={(connectionId) => signInAgain({ connectionId, returnTo })}
      isServerFixed={isServerFixed}
      onApproveServer={(connectionId, issuer) => void approveServer(connectionId, issuer)}
      onAllow={(connectionId, scope) => signInAgain({ connectionId, returnTo, scope })}
      takesPosts={(serviceId) => services.networkOf(serviceId) !== undefined}
      onDisconnect={endings.disconnect}
      heardSince={heardSince}
      findSignOut={endings.signOutOf}
      {...(signedOut && { signedOut: endedBefore(signedOut) })}
      isBackFromSignOut={isBack(useLocation().state)}
      onForgetSignOut={endings.forgetSignOut}
      onCancel={services.starter.cancel}
    />
  );
}

const BACK = { isBackFromSignOut: true };
const isBack = (state: unknown): boolean => typeof state === 'object' && state !== null && 'isBackFromSignOut' in state;

/** Where a provider leads back to after its sign-out: what became of the connection is told at Connections (REV-5). */
export function SignedOutRoute() {
  return <Navigate to="/connections" state={BACK} replace />;
}

function endedBefore({ connection, service, identity, outcome, host, isLedBack }: PendingSignOut): EndedConnection {
  const progress = isLedBack ? 'ledBack' : 'unknown';
  return {
    service,
    outcome,
    ...(connection !== undefined && { id: connection }),
    ...(identity && { identity }),
    signOut: { host, progress },
  };
}
