import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

import { appUrl } from '#base.ts';
import type { FoundService } from '#connections/found-service.ts';
import { redirectUriFor } from '#connections/redirect-uri.ts';
import type { Service } from '#connections/service.ts';
import { useConnectAttempt } from '#connections/use-connections.ts';
import { AddServiceScreen } from '#features/add-service/add-service-screen.tsx';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';
import { useIsOnline } from '#ui/use-is-online.ts';
import { isLoopbackHost } from '#oauth/safe-url.ts';

import { serviceOf, type ServiceChoice } from '#app/add-service.ts';
import type { Services } from '#app/services.ts';
import { useCatalogue } from '#app/use-catalogue.ts';

const isHttpAllowed = (hostname: string): boolean => isLoopbackHost(hostname) && isLoopbackHost(location.hostname);

/** Connects a service that somebody names by its address. It is kept once the person goes to sign in there. */
export function AddServiceRoute({ services }: { services: Services }) {
  const { search, catalogue, starter } = services;
  const state = useSyncExternalStore(search.state.subscribe, search.state.get);
  const offered = useCatalogue(services);
  const attempt = useConnectAttempt(starter);
  const isOnline = useIsOnline();
  const [serviceId, setServiceId] = useState<string>();
  const [redirectUri, setRedirectUri] = useState<string>();
  useEffect(() => search.reset, [search]); // what was found is of no use elsewhere
  const found = state.kind === 'found' ? state.found : undefined;
  const choose = useCallback(
    (issuer: string) => {
      setRedirectUri(undefined);
      void redirectUriAt(found, issuer).then((uri) => setRedirectUri(uri));
    },
    [found],
  );
  const begin = async (choice: ServiceChoice): Promise<void> => {
    if (state.kind !== 'found') return;
    const chosen = serviceOf(crypto.randomUUID(), state.address, state.found, choice);
    // What was added before is not added twice: another of its accounts, or the same once more.
    const known = catalogue.custom.all()?.find((one) => isSameService(one, chosen));
    const service = { ...chosen, id: known?.id ?? chosen.id };
    setServiceId(service.id);
    await catalogue.custom.put(service);
    await starter.begin({ service, scope: service.firstScopes, returnTo: '/connections' });
  };
  if (!offered) return null;
  if (!offered.offersAddService) return <NotFoundScreen />;
  return (
    <AddServiceScreen
      search={state}
      redirectUri={redirectUri}
      attempt={attempt.kind !== 'idle' && attempt.serviceId === serviceId ? attempt : { kind: 'idle' }}
      isOnline={isOnline}
      isHttpAllowed={isHttpAllowed}
      onSearch={(address) => void search.begin(address)}
      onStop={search.reset}
      onChange={search.reset}
      onChoose={choose}
      onConnect={(choice) => void begin(choice)}
      onCancel={starter.cancel}
    />
  );
}

const isSameService = (one: Service, other: Service): boolean =>
  one.resource === other.resource && one.issuer === other.issuer && one.clientId === other.clientId;

/** Where the server sends people back to; a client id of one's own has to be registered with it. */
async function redirectUriAt(found: FoundService | undefined, issuer: string): Promise<string | undefined> {
  const server = found?.servers.find((one) => one.issuer === issuer);
  return server?.kind === 'usable' ? redirectUriFor(appUrl, server.metadata) : undefined;
}
