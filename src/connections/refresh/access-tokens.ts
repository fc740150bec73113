import { ConnectionError } from '#connections/errors.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { loadChunk, ChunkLoadError } from '#connections/load-chunk.ts';
import { lockName, type Lock } from '#connections/lock.ts';
import type { Grant } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import {
  credentialOf,
  grantIn,
  requireNotWaiting,
  tokenFingerprint,
  type Credential,
} from '#connections/store/credential.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import type { RequestWorkerRefresh } from './ask-worker.ts';
import type { Rejection } from './end-rejected-grant.ts';
import type { RefreshOptions } from './refresh-grant.ts';
import type { WaitForOthers } from './wait-for-other-tabs.ts';

/** Provides access tokens for API calls. `cause` is the trace flow of the call that needs the token. */
export interface AccessTokens {
  /** Returns a connection's token from memory, and refreshes it first if it has expired. @throws ConnectionError */
  current(connectionId: string, cause?: string): Promise<Credential>;
  /**
   * Returns a token that replaces `staleToken`. Concurrent calls, in this tab or another, share one token request (REF-3).
   * @throws ConnectionError `needs-sign-in` when the grant has ended, `refresh-failed` when it is still stored but cannot be
   *   refreshed now
   */
  refresh(connectionId: string, staleToken: string, cause?: string): Promise<Credential>;
  /** Refreshes in the background, for example to resume an interrupted or waiting refresh. Does not reject if that fails. */
  resume(connectionId: string): Promise<void>;
  /** Returns whether a stale token can be replaced without user interaction. */
  canRefresh(connectionId: string): boolean;
  /** Ends the grant: the API rejected `staleToken`, which was just refreshed or cannot be refreshed (API-5). */
  invalidate(connectionId: string, staleToken: string, about: Rejection): Promise<void>;
  /** Like `invalidate`, but only if the resource moved to another server; a single rejection is otherwise not enough. */
  invalidateIfServerChanged(connectionId: string, staleToken: string, metadataUrl?: string): Promise<void>;
  /** Ends the grant because this browser no longer has the key that `accessToken` is bound to. */
  markKeyLost(connectionId: string, accessToken: string): Promise<void>;
}

export interface AccessTokenDeps {
  store: ConnectionStore;
  http: HttpClient;
  lock: Lock;
  random: () => number;
  /** Missing where there is no worker: this page refreshes by itself. */
  requestWorkerRefresh?: RequestWorkerRefresh;
  /** Set where `lock` covers only this tab. */
  waitForOthers?: WaitForOthers;
}

/** How long callers wait. The request continues after that, and its response is stored. */
const TIMEOUT_MS = 10_000;

/** Creates {@link AccessTokens} backed by the connection store. */
export function createAccessTokens(deps: AccessTokenDeps): AccessTokens {
  const { store, http, lock, random, requestWorkerRefresh, waitForOthers } = deps;
  /** At most one refresh per connection and stale token in this tab (REF-3). */
  const running = new Map<string, Promise<Credential>>();
  const isStepping = (): boolean => http.stepper.state().kind === 'stepping';

  const refreshInPage = (connectionId: string, wanted: Omit<RefreshOptions, 'waited'>): Promise<Credential> => {
    const asked = http.now();
    return lock(lockName(connectionId), async () => {
      await waitForOthers?.(connectionId);
      const waited = http.now() - asked;
      const { refreshGrant } = await loadChunk(() => import('./refresh-grant.ts'));
      return refreshGrant({ store, http, random }, connectionId, { ...wanted, waited });
    });
  };
  const refreshAnywhere = async (
    connectionId: string,
    accessToken: string,
    about: Pick<RefreshOptions, 'ignoreBackoff' | 'cause'>,
  ): Promise<Credential> => {
    const wanted = { staleToken: await tokenFingerprint(accessToken), ...about };
    // While the user steps through a flow, refresh in this page so the debugger can pause it.
    const asked = isStepping() ? undefined : requestWorkerRefresh?.({ connectionId, ...wanted });
    if (!(await asked)) return refreshInPage(connectionId, wanted);
    const connection = await store.reload(connectionId);
    requireNotWaiting(connection, http.now());
    const grant = grantIn(connection);
    // If the worker did not produce a new token, run the full refresh here.
    return grant.accessToken === accessToken ? refreshInPage(connectionId, wanted) : credentialOf(grant);
  };
  const refreshOnce = (
    connectionId: string,
    accessToken: string,
    about: Pick<RefreshOptions, 'ignoreBackoff' | 'cause'>,
  ): Promise<Credential> => {
    const key = `${connectionId} ${accessToken}`;
    const refresh =
      running.get(key) ?? refreshAnywhere(connectionId, accessToken, about).finally(() => running.delete(key));
    running.set(key, refresh);
    return refresh;
  };
  const endedBy = (connectionId: string, staleToken: string, rejection: Rejection): Promise<void> =>
    lock(lockName(connectionId), async () => {
      const { endRejectedGrant } = await loadChunk(() => import('./end-rejected-grant.ts'));
      return endRejectedGrant({ store, http }, connectionId, staleToken, rejection);
    });

  return {
    async current(connectionId, cause) {
      await store.ready;
      const connection = store.find(connectionId);
      const grant = grantIn(connection);
      const left = grant.refreshToken === undefined ? 'enough' : leftOf(grant, http.now(), random());
      if (left === 'none') return this.refresh(connectionId, grant.accessToken, cause);
      // Refresh shortly before expiry, and only while the token is in use. The current call does not wait for the refresh.
      if (left === 'little' && connection?.state.kind === 'connected') void this.resume(connectionId);
      return credentialOf(grant);
    },
    async refresh(connectionId, staleToken, cause) {
      requireNotWaiting(store.find(connectionId), http.now());
      const refresh = refreshOnce(connectionId, staleToken, omitUndefined({ ignoreBackoff: false, cause }));
      return isStepping() ? refresh : withTimeout(refresh);
    },
    async resume(connectionId) {
      const state = store.find(connectionId)?.state;
      if (!state || state.kind === 'needs-sign-in' || state.grant.refreshToken === undefined) return;
      if (state.kind === 'waiting' && state.refusal) return; // the user has to sign in
      try {
        await refreshOnce(connectionId, state.grant.accessToken, { ignoreBackoff: true });
      } catch (error) {
        if (!(error instanceof ConnectionError || error instanceof ChunkLoadError)) throw error;
      }
    },
    canRefresh(connectionId) {
      const state = store.find(connectionId)?.state;
      return state !== undefined && state.kind !== 'needs-sign-in' && state.grant.refreshToken !== undefined;
    },
    invalidate: endedBy,
    invalidateIfServerChanged: (connectionId, staleToken, metadataUrl) =>
      endedBy(connectionId, staleToken, { metadataUrl, reason: 'only-if-moved' }),
    markKeyLost: (connectionId, accessToken) =>
      lock(lockName(connectionId), async () => {
        const state = (await store.reload(connectionId))?.state;
        if (!state || state.kind === 'needs-sign-in' || state.grant.accessToken !== accessToken) return;
        await store.apply(connectionId, { type: 'ended', reason: 'key-lost', at: http.now() });
      }),
  };
}

/**
 * Returns how much of a token's lifetime is left. "little" is its last fifth, at most one minute, shortened by a random factor so
 * that tabs do not all refresh at once.
 */
function leftOf({ obtainedAt, expiresAt }: Grant, now: number, random: number): 'enough' | 'little' | 'none' {
  if (expiresAt === undefined) return 'enough';
  if (expiresAt <= now) return 'none';
  const early = Math.min((expiresAt - obtainedAt) / 5, 60_000) * (0.5 + random / 2);
  return expiresAt - now <= early ? 'little' : 'enough';
}

/** Limits how long a caller waits. @throws ConnectionError `refresh-failed` after the timeout; the refresh itself continues */
async function withTimeout(refresh: Promise<Credential>): Promise<Credential> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const over = new Promise<never>((_resolve, reject) => {
    deadline.addEventListener('abort', () =>
      reject(new ConnectionError('refresh-failed', 'the token is still being refreshed', { oauth: 'timed-out' })),
    );
  });
  try {
    return await Promise.race([refresh, over]);
  } catch (error) {
    if (!(error instanceof ChunkLoadError)) throw error;
    throw new ConnectionError('refresh-failed', 'the code that refreshes tokens could not be loaded', {
      cause: error,
      oauth: 'unreachable',
    });
  }
}
