import { useMemo } from 'react';
import { useParams } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { ConsoleGone } from '#features/console/console-gone.tsx';
import { ConsoleScreen } from '#features/console/console-screen.tsx';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { useServiceCatalog } from './use-service-catalog.ts';
import { useSignIn } from './use-sign-in.ts';

/** Sends manual requests through the connection in the URL. */
export function ConsoleRoute({ app }: { app: AppContext }) {
  const { connectionId = '' } = useParams();
  const connections = useConnections(app.connections);
  const catalog = useServiceCatalog(app);
  const { reauthorizeOnConnections } = useSignIn(app);
  const call = useMemo(() => app.consoleCallFor(connectionId), [app, connectionId]);
  if (!connections || !catalog) return null;
  const connection = connections.find(({ id }) => id === connectionId);
  if (!connection) return <ConsoleGone />;
  const returnTo = `/connections/${connectionId}/console`;
  return (
    <ConsoleScreen
      key={connectionId} // do not carry one connection's requests over to another
      connection={connection}
      service={catalog.services.find(({ id }) => id === connection.service.id)}
      call={call}
      now={app.now}
      onAllow={(scope) => {
        reauthorizeOnConnections({ connectionId, returnTo, scope });
      }}
      onReconnect={(authentication) => {
        reauthorizeOnConnections(omitUndefined({ connectionId, returnTo, authentication }));
      }}
    />
  );
}
