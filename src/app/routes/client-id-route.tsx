import { useEffect, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import { signInFailureOf } from '#connections/failure.ts';
import type { Service } from '#connections/services/service.ts';
import { ClientIdScreen, type RedirectUri } from '#features/client-id/client-id-screen.tsx';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';

import { useManualClientIds } from './use-manual-client-ids.ts';
import { useServiceCatalog } from './use-service-catalog.ts';
import { useSignIn } from './use-sign-in.ts';

/** Changes a client id that somebody typed in, for the service that the address names. */
export function ClientIdRoute({ app }: { app: AppContext }) {
  const { serviceId = '' } = useParams();
  const catalog = useServiceCatalog(app);
  const isTyped = useManualClientIds(app).includes(serviceId);
  if (!catalog) return null;
  const service = catalog.services.find(({ id }) => id === serviceId);
  if (!isTyped || !service) return <NotFoundScreen />;
  return <Change key={serviceId} app={app} service={service} />;
}

const returnTo = '/connections';

function Change({ app, service }: { app: AppContext; service: Service }) {
  const { catalog, connections } = app;
  const [parameters] = useSearchParams();
  const { connectOnConnections, reauthorizeOnConnections } = useSignIn(app);
  // As it was when the page came: what is saved here asks nothing anew.
  const [asked] = useState(service);
  const redirectUri = useRedirectUri(app, asked);
  const save = async (clientId: string): Promise<void> => {
    // What was taken off the list meanwhile, in any tab, stays off it.
    if (!(await catalog.custom.replace({ ...service, clientId }))) return;
    const connectionId = parameters.get('connection') ?? '';
    if (connections.find(connectionId)) reauthorizeOnConnections({ connectionId, returnTo });
    else connectOnConnections(service.id, { returnTo });
  };
  return (
    <ClientIdScreen
      service={service.name}
      clientId={asked.clientId ?? ''}
      redirectUri={redirectUri}
      onSave={(clientId) => void save(clientId)}
    />
  );
}

/** Reads the server's description for it; nothing is registered. */
function useRedirectUri({ redirectUriOf }: AppContext, service: Service): RedirectUri {
  const [redirectUri, setRedirectUri] = useState<RedirectUri>({ kind: 'asked' });
  useEffect(() => {
    const controller = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const uri = await redirectUriOf(service, controller.signal);
        setRedirectUri({ kind: 'known', uri });
      } catch (error) {
        if (controller.signal.aborted) return;
        const failure = signInFailureOf(error);
        if (failure) setRedirectUri({ kind: 'failed', ...failure });
        else reportError(error);
      }
    };
    void ask();
    return () => controller.abort();
  }, [redirectUriOf, service]);
  return redirectUri;
}
