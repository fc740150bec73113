import { useCallback, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { useLocation, useNavigate } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import { appUrl } from '#base.ts';
import { toService, type ServiceChoice } from '#connections/discovery/chosen-service.ts';
import type { DiscoveredService } from '#connections/discovery/discovered-service.ts';
import { storeChosenService } from '#connections/discovery/store-chosen-service.ts';
import { redirectUriFor, sharedRedirectUri } from '#connections/registration/redirect-uri.ts';
import { useSignInAttempt } from '#connections/sign-in/use-sign-in-attempt.ts';
import { AddServiceScreen } from '#features/add-service/add-service-screen.tsx';
import { readFilledForm, type FormDraft } from '#features/add-service/form-draft.ts';
import { scopeLabel } from '#features/add-service/scopes.ts';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';
import { isLoopbackHost } from '#oauth/safe-url.ts';
import { useIsOnline } from '#ui/use-is-online.ts';

import { useServiceCatalog } from './use-service-catalog.ts';

const isHttpAllowed = (hostname: string): boolean => isLoopbackHost(hostname) && isLoopbackHost(location.hostname);

/** Connects a service that the user enters by URL. The service is stored once the user goes to sign in there. */
export function AddServiceRoute({ app }: { app: AppContext }) {
  const { search, catalog, connections, signIns, clientDocument } = app;
  const state = useSyncExternalStore(search.state.subscribe, search.state.get);
  const offered = useServiceCatalog(app);
  const attempt = useSignInAttempt(signIns);
  const isOnline = useIsOnline();
  const navigate = useNavigate();
  const { state: historyState } = useLocation();
  /** The form saved in this history entry when the page was left; a new visit has its own entry. */
  const [stored] = useState(() => readStoredSearch(historyState));
  const [serviceId, setServiceId] = useState(stored?.serviceId);
  const [redirectUri, setRedirectUri] = useState<string>();
  const [documentId, setDocumentId] = useState<string>();
  useLayoutEffect(() => {
    if (stored) void search.begin(stored.form.address);
    return search.reset; // the result is only used on this screen
  }, [search, stored]);
  const found = state.kind === 'found' ? state.found : undefined;
  const choose = useCallback(
    (issuer: string) => {
      setRedirectUri(undefined);
      void redirectUriAt(found, issuer).then((uri) => setRedirectUri(uri));
      void clientDocument.clientIdFor(sharedRedirectUri(appUrl)).then((id) => setDocumentId(id));
    },
    [found, clientDocument],
  );
  const begin = async (choice: ServiceChoice, form: FormDraft): Promise<void> => {
    if (state.kind !== 'found') return;
    const chosen = toService(crypto.randomUUID(), state.url, state.found, choice, scopeLabel);
    const isConnected = (id: string): boolean => connections.views()?.some((one) => one.service.id === id) ?? true;
    const deps = { custom: catalog.custom, lock: app.lock, isConnected };
    const service = await storeChosenService(deps, chosen, serviceId);
    setServiceId(service.id);
    await navigate('.', { replace: true, state: { form, serviceId: service.id } satisfies StoredSearch });
    await signIns.start({ service, scope: service.firstScopes, returnTo: '/connections' });
  };
  if (!offered) return null;
  if (!offered.offersAddService) return <NotFoundScreen />;
  return (
    <AddServiceScreen
      search={state}
      client={{ redirectUri, documentId }}
      attempt={attempt.kind !== 'idle' && attempt.serviceId === serviceId ? attempt : { kind: 'idle' }}
      isOnline={isOnline}
      isHttpAllowed={isHttpAllowed}
      filled={stored?.form}
      actions={{
        onSearch: (address, alternative) => void search.begin(address, alternative),
        onStop: search.reset,
        onChange: search.reset,
        onChoose: choose,
        onConnect: (choice, form) => void begin(choice, form),
        onCancel: signIns.cancel,
      }}
    />
  );
}

interface StoredSearch {
  form: FormDraft;
  /** The id under which the service of the started sign-in is stored. */
  serviceId: string;
}

function readStoredSearch(historyState: unknown): StoredSearch | undefined {
  const { form, serviceId } = (historyState ?? {}) as Partial<Record<keyof StoredSearch, unknown>>;
  const filled = readFilledForm(form, isHttpAllowed);
  return filled && typeof serviceId === 'string' ? { form: filled, serviceId } : undefined;
}

/** Returns the redirect URI for a found server; a manually registered client id must be registered with it. */
async function redirectUriAt(found: DiscoveredService | undefined, issuer: string): Promise<string | undefined> {
  const server = found?.servers.find((one) => one.issuer === issuer);
  return server?.kind === 'usable' ? redirectUriFor(appUrl, server.metadata) : undefined;
}
