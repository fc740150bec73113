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

/** Changes a manually entered client id of the service in the URL. */
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
  // The service as it was on mount: saving must not trigger another discovery.
  const [asked] = useState(service);
  const redirectUri = useRedirectUri(app, asked);
  const save = async (clientId: string): Promise<void> => {
    // If the service was removed meanwhile, in any tab, do not add it back.
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

/** Reads the server's metadata to determine the redirect URI; registers nothing. */
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
