import { useMemo } from 'react';
import { useParams } from 'react-router';

import type { Services } from '#app/composition/app-context.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { ConsoleGone } from '#features/console/console-gone.tsx';
import { ConsoleScreen } from '#features/console/console-screen.tsx';

import { useCatalogue } from './use-catalogue.ts';
import { useSignIn } from './use-sign-in.ts';

/** Requests by hand through one connection, which the address names. */
export function ConsoleRoute({ services }: { services: Services }) {
  const { connectionId = '' } = useParams();
  const connections = useConnections(services.connections);
  const catalogue = useCatalogue(services);
  const { signInAgainThere } = useSignIn(services);
  const call = useMemo(() => services.consoleCallFor(connectionId), [services, connectionId]);
  if (!connections || !catalogue) return null;
  const connection = connections.find(({ id }) => id === connectionId);
  if (!connection) return <ConsoleGone />;
  const returnTo = `/connections/${connectionId}/console`;
  return (
    <ConsoleScreen
      key={connectionId} // what was sent through one connection is no business of another
      connection={connection}
      service={catalogue.services.find(({ id }) => id === connection.service.id)}
      call={call}
      now={services.now}
      onAllow={(scope) => {
        signInAgainThere({ connectionId, returnTo, scope });
      }}
      onReconnect={(authentication) => {
        signInAgainThere({ connectionId, returnTo, ...(authentication && { authentication }) });
      }}
    />
  );
}
