import { useSyncExternalStore } from 'react';

import { appUrl } from '#base.ts';
import { useConnectAttempt, useConnections } from '#connections/use-connections.ts';
import { ConnectionsScreen } from '#features/connect/connections-screen.tsx';

import type { Services } from '#app/services.ts';
import { useCatalogue } from '#app/use-catalogue.ts';
import { useTypedClientIds } from '#app/use-typed-client-ids.ts';
import { useSignIn } from '#app/use-sign-in.ts';

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
  const { connect, signInAgain } = useSignIn(services);
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
      onAllow={(connectionId, scope) => signInAgain({ connectionId, returnTo, scope })}
      onDisconnect={services.disconnect}
      onCancel={services.starter.cancel}
    />
  );
}
