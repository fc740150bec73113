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

import type { RequestWorkerRefresh } from './ask-worker.ts';
import type { Rejection } from './end-rejected-grant.ts';
import type { RefreshOptions } from './refresh-grant.ts';
import type { WaitForOthers } from './wait-for-other-tabs.ts';

/** Access tokens for calls. `cause` is the flow of the call. */
export interface AccessTokens {
  /** The token of a connection, from memory; one that has expired is refreshed first. @throws ConnectionError */
  current(connectionId: string, cause?: string): Promise<Credential>;
  /**
   * A token to use instead of `staleToken`. However many calls ask in however many tabs, one request is made (REF-3).
   * @throws ConnectionError `needs-sign-in` when the grant is over, `refresh-failed` when it is kept but can't be refreshed now
   */
  refresh(connectionId: string, staleToken: string, cause?: string): Promise<Credential>;
  /** Goes on with a refresh that was interrupted, or that waits, without anybody's asking for a token; never throws for it. */
  resume(connectionId: string): Promise<void>;
  /** Whether a stale token can be replaced without the user. */
  canRefresh(connectionId: string): boolean;
  /** The grant is of no use: calls are refused with `staleToken` too, which had just been refreshed (API-5). */
  invalidate(connectionId: string, staleToken: string, about: Rejection): Promise<void>;
  /** As `invalidate`, but only where the resource has changed its server: else one refusal is no reason. */
  invalidateIfServerChanged(connectionId: string, staleToken: string, metadataUrl?: string): Promise<void>;
  /** The key that `accessToken` is bound to is gone from this browser. */
  markKeyLost(connectionId: string, accessToken: string): Promise<void>;
}

export interface AccessTokenDeps {
  store: ConnectionStore;
  http: HttpClient;
  lock: Lock;
  random: () => number;
  /** Missing: this page refreshes by itself, as where there is no worker. */
  requestWorkerRefresh?: RequestWorkerRefresh;
  /** Where `lock` is of this tab alone. */
  waitForOthers?: WaitForOthers;
}

/** Callers stop waiting then; the request runs on, and its answer is stored. */
const TIMEOUT_MS = 10_000;

/** Access tokens over the connection store. */
export function createAccessTokens(deps: AccessTokenDeps): AccessTokens {
  const { store, http, lock, random, requestWorkerRefresh, waitForOthers } = deps;
  /** One refresh for each connection in this tab (REF-3). */
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
    // Who goes through it step by step holds it here.
    const asked = isStepping() ? undefined : requestWorkerRefresh?.({ connectionId, ...wanted });
    if (!(await asked)) return refreshInPage(connectionId, wanted);
    const connection = await store.reload(connectionId);
    requireNotWaiting(connection, http.now());
    const grant = grantIn(connection);
    // What the worker has left is not what it was asked for: another look, with all the rules.
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
      // Shortly before it ends, and only while somebody uses it; the call that is made now does not wait for it.
      if (left === 'little' && connection?.state.kind === 'connected') void this.resume(connectionId);
      return credentialOf(grant);
    },
    async refresh(connectionId, staleToken, cause) {
      requireNotWaiting(store.find(connectionId), http.now());
      const refresh = refreshOnce(connectionId, staleToken, {
        ignoreBackoff: false,
        ...(cause !== undefined && { cause }),
      });
      return isStepping() ? refresh : withTimeout(refresh);
    },
    async resume(connectionId) {
      const state = store.find(connectionId)?.state;
      if (!state || state.kind === 'needs-sign-in' || state.grant.refreshToken === undefined) return;
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

/** The last fifth of a token's life, a minute at the most, by chance more or less, so that not all tabs begin at once. */
function leftOf({ obtainedAt, expiresAt }: Grant, now: number, random: number): 'enough' | 'little' | 'none' {
  if (expiresAt === undefined) return 'enough';
  if (expiresAt <= now) return 'none';
  const early = Math.min((expiresAt - obtainedAt) / 5, 60_000) * (0.5 + random / 2);
  return expiresAt - now <= early ? 'little' : 'enough';
}

/** @throws ConnectionError `refresh-failed` when it takes too long; it goes on all the same */
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
