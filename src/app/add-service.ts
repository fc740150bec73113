import type { FoundService, Search } from '#connections/found-service.ts';
import type { Wire } from '#connections/http/http-client.ts';
import { loaded } from '#connections/load-chunk.ts';
import type { Service } from '#connections/services/service.ts';
import { OAuthError } from '#oauth/errors.ts';
import { isOpenIdScope } from '#oauth/openid-scopes.ts';
import { createObservable, type Observable } from '#storage/observable.ts';

/** A search for a service by its address. */
export interface ServiceSearch {
  state: Observable<Search>;
  begin(address: string): Promise<void>;
  /** Ends what is under way, and forgets what was found. */
  reset(): void;
}

/** Searches over the wire; only descriptions are read. */
export function createServiceSearch(wire: Wire): ServiceSearch {
  const state = createObservable<Search>({ kind: 'idle' });
  let running: AbortController | undefined;
  return {
    state,
    async begin(address) {
      running?.abort();
      const own = new AbortController();
      running = own;
      state.set({ kind: 'searching', address });
      const tag = { flow: crypto.randomUUID(), kind: 'connect', service: new URL(address).host } as const;
      const { findService, NothingFound } = await loaded(() => import('#connections/find-service.ts'));
      try {
        const found = await findService(wire.exchange(tag, own.signal, { fresh: true }), address);
        if (running === own) state.set({ kind: 'found', address, found });
      } catch (error) {
        const isStopped = error instanceof OAuthError && error.code === 'cancelled';
        if (running !== own || isStopped) return;
        if (!(error instanceof NothingFound)) throw error;
        state.set({ kind: 'nothing', address, asked: error.asked });
      }
    },
    reset() {
      running?.abort();
      running = undefined;
      state.set({ kind: 'idle' });
    },
  };
}

/** What a person chose of what was found. */
export interface ServiceChoice {
  issuer: string;
  scopes: readonly string[];
  clientId?: string;
}

/**
 * A found service as one that can be connected. It is called by its host: its own name is a claim, and may be another's (UI-2).
 * @param labelOf what a scope is called among others
 */
export function serviceOf(
  id: string,
  address: string,
  found: FoundService,
  { issuer, scopes, clientId }: ServiceChoice,
  labelOf: (scope: string, among: readonly string[]) => string,
): Service {
  const resource = found.resource?.identifier ?? address;
  const { host } = new URL(resource);
  const offered = [...new Set([...found.scopes, ...scopes])].filter((scope) => !isOpenIdScope(scope));
  return {
    id,
    name: host,
    resource,
    ...(!found.resource && { kind: 'server' as const }),
    issuer,
    ...(clientId !== undefined && { clientId }),
    firstScopes: scopes,
    permissions: offered.map((scope) => ({ scopes: [scope], label: labelOf(scope, offered) })),
    place: host,
  };
}

/**
 * The id to keep a chosen service under. What was added before is not added twice: another of its accounts, or the same once
 * more. A sign-in that was left behind and is begun anew with another client id takes the place of the first.
 */
export function idFor(
  chosen: Service,
  added: readonly Service[],
  { leftBehind, isConnected }: { leftBehind: string | undefined; isConnected: (id: string) => boolean },
): string {
  const alike = added.filter(({ resource, issuer }) => resource === chosen.resource && issuer === chosen.issuer);
  const same = alike.find(({ clientId }) => clientId === chosen.clientId);
  const unfinished = alike.find(({ id }) => id === leftBehind && !isConnected(id));
  return (same ?? unfinished ?? chosen).id;
}
