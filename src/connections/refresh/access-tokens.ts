import { ConnectionError } from '#connections/errors.ts';
import type { Wire } from '#connections/http/http-client.ts';
import { loaded, PartNotLoaded } from '#connections/load-chunk.ts';
import { lockOf, type Lock } from '#connections/lock.ts';
import type { Grant } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import { credentialOf, grantIn, requireNotWaiting, tokenMark, type Credential } from '#connections/store/credential.ts';

import type { AskWorker } from './ask-worker.ts';
import type { Refusal } from './end-rejected-grant.ts';
import type { WantedRenewal } from './refresh-grant.ts';
import type { WaitForOthers } from './wait-for-other-tabs.ts';

/** Access tokens for calls. `cause` is the flow of the call. */
export interface AccessTokens {
  /** The token of a connection, from memory; one that has expired is renewed first. @throws ConnectionError */
  current(connectionId: string, cause?: string): Promise<Credential>;
  /**
   * A token to use instead of `refused`. However many calls ask in however many tabs, one request is made (REF-3).
   * @throws ConnectionError `needs-sign-in` when the grant is over, `refresh-failed` when it is kept but can't be renewed now
   */
  renew(connectionId: string, refused: string, cause?: string): Promise<Credential>;
  /** Goes on with a renewal that was interrupted, or that waits, without anybody's asking for a token; never throws for it. */
  resume(connectionId: string): Promise<void>;
  /** Whether a token can be had in the place of a refused one without the person. */
  canRenew(connectionId: string): boolean;
  /** The grant is of no use: calls are refused with `refused` too, which had just been renewed (API-5). */
  giveUp(connectionId: string, refused: string, about: Refusal): Promise<void>;
  /** As `giveUp`, but only where the resource has changed its server: else one refusal is no reason. */
  giveUpIfMoved(connectionId: string, refused: string, metadataUrl?: string): Promise<void>;
  /** The key that `accessToken` is bound to is gone from this browser. */
  loseKey(connectionId: string, accessToken: string): Promise<void>;
}

export interface AccessTokenNeeds {
  store: ConnectionStore;
  wire: Wire;
  lock: Lock;
  random: () => number;
  /** Missing: this page renews by itself, as where there is no worker. */
  askWorker?: AskWorker;
  /** Where `lock` is of this tab alone. */
  waitForOthers?: WaitForOthers;
}

/** Callers stop waiting then; the request runs on, and its answer is stored. */
const PATIENCE_MS = 10_000;

/** Access tokens over the connection store. */
export function createAccessTokens(needs: AccessTokenNeeds): AccessTokens {
  const { store, wire, lock, random, askWorker, waitForOthers } = needs;
  /** One renewal for each connection in this tab (REF-3). */
  const running = new Map<string, Promise<Credential>>();
  const isStepping = (): boolean => wire.gate.state().kind === 'stepping';

  const renewHere = (connectionId: string, wanted: Omit<WantedRenewal, 'waited'>): Promise<Credential> => {
    const asked = wire.now();
    return lock(lockOf(connectionId), async () => {
      await waitForOthers?.(connectionId);
      const waited = wire.now() - asked;
      const { renewLocked } = await loaded(() => import('./refresh-grant.ts'));
      return renewLocked({ store, wire, random }, connectionId, { ...wanted, waited });
    });
  };
  const renewAnywhere = async (
    connectionId: string,
    accessToken: string,
    about: Pick<WantedRenewal, 'isUrged' | 'cause'>,
  ): Promise<Credential> => {
    const wanted = { refused: await tokenMark(accessToken), ...about };
    // Who goes through it step by step holds it here.
    const asked = isStepping() ? undefined : askWorker?.({ connectionId, ...wanted });
    if (!(await asked)) return renewHere(connectionId, wanted);
    const connection = await store.reload(connectionId);
    requireNotWaiting(connection, wire.now());
    const grant = grantIn(connection);
    // What the worker has left is not what it was asked for: another look, with all the rules.
    return grant.accessToken === accessToken ? renewHere(connectionId, wanted) : credentialOf(grant);
  };
  const renewOnce = (
    connectionId: string,
    accessToken: string,
    about: Pick<WantedRenewal, 'isUrged' | 'cause'>,
  ): Promise<Credential> => {
    const key = `${connectionId} ${accessToken}`;
    const renewal =
      running.get(key) ?? renewAnywhere(connectionId, accessToken, about).finally(() => running.delete(key));
    running.set(key, renewal);
    return renewal;
  };
  const endedBy = (connectionId: string, refused: string, refusal: Refusal): Promise<void> =>
    lock(lockOf(connectionId), async () => {
      const { endRefused } = await loaded(() => import('./end-rejected-grant.ts'));
      return endRefused({ store, wire }, connectionId, refused, refusal);
    });

  return {
    async current(connectionId, cause) {
      await store.ready;
      const connection = store.find(connectionId);
      const grant = grantIn(connection);
      const left = grant.refreshToken === undefined ? 'enough' : leftOf(grant, wire.now(), random());
      if (left === 'none') return this.renew(connectionId, grant.accessToken, cause);
      // Shortly before it ends, and only while somebody uses it; the call that is made now does not wait for it.
      if (left === 'little' && connection?.state.kind === 'connected') void this.resume(connectionId);
      return credentialOf(grant);
    },
    async renew(connectionId, refused, cause) {
      requireNotWaiting(store.find(connectionId), wire.now());
      const renewal = renewOnce(connectionId, refused, { isUrged: false, ...(cause !== undefined && { cause }) });
      return isStepping() ? renewal : withPatience(renewal);
    },
    async resume(connectionId) {
      const state = store.find(connectionId)?.state;
      if (!state || state.kind === 'needs-sign-in' || state.grant.refreshToken === undefined) return;
      try {
        await renewOnce(connectionId, state.grant.accessToken, { isUrged: true });
      } catch (error) {
        if (!(error instanceof ConnectionError || error instanceof PartNotLoaded)) throw error;
      }
    },
    canRenew(connectionId) {
      const state = store.find(connectionId)?.state;
      return state !== undefined && state.kind !== 'needs-sign-in' && state.grant.refreshToken !== undefined;
    },
    giveUp: endedBy,
    giveUpIfMoved: (connectionId, refused, metadataUrl) =>
      endedBy(connectionId, refused, { metadataUrl, reason: 'only-if-moved' }),
    loseKey: (connectionId, accessToken) =>
      lock(lockOf(connectionId), async () => {
        const state = (await store.reload(connectionId))?.state;
        if (!state || state.kind === 'needs-sign-in' || state.grant.accessToken !== accessToken) return;
        await store.apply(connectionId, { type: 'ended', reason: 'key-lost', at: wire.now() });
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
async function withPatience(renewal: Promise<Credential>): Promise<Credential> {
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  const over = new Promise<never>((_resolve, reject) => {
    deadline.addEventListener('abort', () =>
      reject(new ConnectionError('refresh-failed', 'the token is still being renewed', { oauth: 'timed-out' })),
    );
  });
  try {
    return await Promise.race([renewal, over]);
  } catch (error) {
    if (!(error instanceof PartNotLoaded)) throw error;
    throw new ConnectionError('refresh-failed', 'what renews tokens could not be loaded', {
      cause: error,
      oauth: 'unreachable',
    });
  }
}
