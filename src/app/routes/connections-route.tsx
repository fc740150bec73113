import { useSyncExternalStore } from 'react';
import { Navigate, useLocation } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import { appUrl } from '#base.ts';
import type { PendingLogout } from '#connections/disconnect/pending-logout.ts';
import { useSignInAttempt } from '#connections/sign-in/use-sign-in-attempt.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { ConnectionsScreen } from '#features/connections/connections-screen.tsx';
import type { EndedConnection } from '#features/connections/ended-connection.ts';
import { isObject } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { useManualClientIds } from './use-manual-client-ids.ts';
import { useServiceCatalog } from './use-service-catalog.ts';
import { useSignIn } from './use-sign-in.ts';

const returnTo = '/connections';

/** Lists the connections, and adds, reconnects and removes them. */
export function ConnectionsRoute({ app }: { app: AppContext }) {
  const connections = useConnections(app.connections);
  const attempt = useSignInAttempt(app.signIns);
  const workerState = useSyncExternalStore(app.worker.state.subscribe, app.worker.state.get);
  const catalog = useServiceCatalog(app);
  const { all, subscribe } = app.catalog.custom;
  const custom = (useSyncExternalStore(subscribe, all) ?? []).map(({ id }) => id);
  const abandoned = useSyncExternalStore(app.signIns.abandoned.subscribe, app.signIns.abandoned.get);
  const typedClientIds = useManualClientIds(app);
  const { disconnects } = app;
  const revocationResults = useSyncExternalStore(app.revocationResults.subscribe, app.revocationResults.get);
  const signedOut = useSyncExternalStore(disconnects.signedOut.subscribe, disconnects.signedOut.get);
  const reports = useSyncExternalStore(app.disconnectReports.subscribe, app.disconnectReports.get);
  const { connect, signInAgain, isServerFixed, approveServer } = useSignIn(app);
  return (
    <ConnectionsScreen
      connections={catalog && connections}
      offered={{
        services: catalog?.services ?? [],
        problems: catalog?.problems ?? [],
        removable: custom.filter((id) => !connections?.some(({ service }) => service.id === id)),
        typedClientIds,
        ...(catalog?.offersAddService && { addServicePath: '/services/new' }),
      }}
      signIn={{ attempt, abandoned }}
      demo={{ workerState, demoControlsUrl: new URL('birdsong/controls', appUrl).href }}
      ends={{
        revocationResults,
        isBackFromSignOut: isBack(useLocation().state),
        unconfirmed: [...reports].map(([id, report]) => ({ id, ...report })),
        ...(signedOut && { signedOut: endedBefore(signedOut) }),
      }}
      queries={{
        parseToken: app.parseToken,
        isServerFixed,
        takesPosts: (serviceId) => app.networkOf(serviceId) !== undefined,
        findSignOut: disconnects.prepareLogout,
      }}
      actions={{
        onConnect: (serviceId, options) => connect(serviceId, { returnTo, ...options }),
        onReconnect: (connectionId) => signInAgain({ connectionId, returnTo }),
        onAllow: (connectionId, scope) => signInAgain({ connectionId, returnTo, scope }),
        onApproveServer: (connectionId, issuer) => void approveServer(connectionId, issuer),
        onCancel: app.signIns.cancel,
        onDisconnect: disconnects.disconnect,
        onForgetSignOut: disconnects.forgetSignOut,
        onDismissReport: app.dismissReport,
        onRemove: (serviceId) => void app.catalog.custom.remove(serviceId),
      }}
    />
  );
}

const BACK = { isBackFromSignOut: true };
const isBack = (state: unknown): boolean => isObject(state) && 'isBackFromSignOut' in state;

/** The redirect target after logout at a provider. Connections shows what happened to the connection (REV-5). */
export function SignedOutRoute() {
  return <Navigate to="/connections" state={BACK} replace />;
}

function endedBefore({ connection, service, identity, outcome, host, isLedBack }: PendingLogout): EndedConnection {
  const progress = isLedBack ? 'ledBack' : 'unknown';
  return omitUndefined({
    service,
    outcome,
    id: connection,
    identity,
    signOut: { host, progress },
  });
}
