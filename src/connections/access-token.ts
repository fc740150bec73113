import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import { refreshTokens, type RefreshRequest } from '#oauth/refresh.ts';
import type { TraceTag } from '#trace/event.ts';

import type { Connection } from './connection-view.ts';
import { endRefused, type Refusal } from './end-refused.ts';
import { ConnectionError } from './errors.ts';
import { bindingOf, grantOf } from './grant.ts';
import { movedServer } from './healing.ts';
import type { Lock } from './lock.ts';
import type { BoundKey } from './proofs.ts';
import { revokeGrant } from './revoke-grant.ts';
import { resourceParameter } from './service.ts';
import { boundKeyOf, type EndedBy, type Grant } from './state.ts';
import type { ConnectionStore } from './store.ts';
import type { Wire } from './wire.ts';

/** What one call is made with. It is handed to the caller of that call and belongs nowhere else. */
export interface Credential {
  accessToken: string;
  /** The key that the token is bound to: it is sent with proofs, or not at all (DPOP-5). */
  bound?: BoundKey;
}

/** Access tokens for calls. */
export interface AccessTokens {
  /** The token of a connection, from memory. @throws ConnectionError */
  current(connectionId: string): Promise<Credential>;
  /**
   * A token to use instead of `refused`. However many calls ask in however many tabs, one request is made (REF-3).
   * @throws ConnectionError `needs-sign-in` when the grant is over, `refresh-failed` when it is kept but can't be renewed now
   */
  renew(connectionId: string, refused: string): Promise<Credential>;
  /** Whether a token can be had in the place of a refused one without the person. */
  canRenew(connectionId: string): boolean;
  /** The grant is of no use: calls are refused with `refused` too, which had just been renewed (API-5). */
  giveUp(connectionId: string, refused: string, about: Refusal): Promise<void>;
  /** As `giveUp`, but only where the resource has changed its server: else one refusal is no reason. */
  giveUpIfMoved(connectionId: string, refused: string, metadataUrl?: string): Promise<void>;
  /** The key that `accessToken` is bound to is gone from this browser. */
  loseKey(connectionId: string, accessToken: string): Promise<void>;
}

const RETRY_AFTER_MS = 5_000;

export interface AccessTokenNeeds {
  store: ConnectionStore;
  wire: Wire;
  lock: Lock;
}

/** Access tokens over the connection store. */
export function createAccessTokens({ store, wire, lock }: AccessTokenNeeds): AccessTokens {
  const running = new Map<string, Promise<Credential>>();
  return {
    async current(connectionId) {
      await store.ready;
      return credentialOf(grantIn(store.find(connectionId)));
    },
    async renew(connectionId, refused) {
      requireNotWaiting(store.find(connectionId), wire.now());
      const key = `${connectionId} ${refused}`;
      const renewal =
        running.get(key) ??
        lock(`refresh ${connectionId}`, () => renewLocked({ store, wire }, connectionId, refused)).finally(() =>
          running.delete(key),
        );
      running.set(key, renewal);
      return renewal;
    },
    canRenew(connectionId) {
      const state = store.find(connectionId)?.state;
      return state !== undefined && state.kind !== 'needs-sign-in' && state.grant.refreshToken !== undefined;
    },
    giveUp: (connectionId, refused, about) =>
      lock(`refresh ${connectionId}`, () => endRefused({ store, wire }, connectionId, refused, about)),
    giveUpIfMoved: (connectionId, refused, metadataUrl) =>
      lock(`refresh ${connectionId}`, () =>
        endRefused({ store, wire }, connectionId, refused, { metadataUrl, reason: 'only-if-moved' }),
      ),
    loseKey: (connectionId, accessToken) =>
      lock(`refresh ${connectionId}`, async () => {
        const state = (await store.reload(connectionId))?.state;
        if (state?.kind !== 'connected' || state.grant.accessToken !== accessToken) return;
        await store.apply(connectionId, { type: 'ended', reason: 'key-lost', at: wire.now() });
      }),
  };
}

type RenewNeeds = Pick<AccessTokenNeeds, 'store' | 'wire'>;

/** Inside the lock: whoever had it before may have renewed, so the vault is read first (REF-3, REF-4). */
async function renewLocked({ store, wire }: RenewNeeds, connectionId: string, refused: string): Promise<Credential> {
  const connection = await store.reload(connectionId);
  const grant = grantIn(connection);
  const tag: TraceTag = {
    flow: crypto.randomUUID(),
    kind: 'refresh',
    service: connection?.service.name ?? '',
    connection: connectionId,
  };
  const hasExpired = grant.expiresAt !== undefined && grant.expiresAt <= wire.now();
  if (grant.accessToken !== refused && !hasExpired) {
    wire.recorder.record(tag, { type: 'token-adopted' });
    return credentialOf(grant);
  }
  if (grant.refreshToken === undefined) {
    await endRefused({ store, wire }, connectionId, grant.accessToken);
    throw new ConnectionError('needs-sign-in', 'the grant is over');
  }
  await store.apply(connectionId, { type: 'refresh-started' });
  const bound = boundKeyOf(grant);
  try {
    const request: RefreshRequest = {
      ...grant,
      refreshToken: grant.refreshToken,
      resource: connection && resourceParameter(connection.service),
      subject: connection?.identity?.subject,
      isBound: bound !== undefined,
    };
    let { server } = grant;
    const exchange = wire.exchange(tag, undefined, bound && { bound });
    const tokens = await refreshTokens(exchange, request).catch(async (error: unknown) => {
      const moved = await movedServer(wire.exchange(tag, undefined, { fresh: true }), server, error);
      if (!moved) throw error;
      server = moved;
      return refreshTokens(exchange, { ...request, server });
    });
    // REF-2: on disk before it is used.
    const now = wire.now();
    const binding = bound ? bindingOf(bound.keyId, tokens, now) : grant.binding;
    const renewed = grantOf({ ...grant, server }, tokens, now, binding);
    if (await store.apply(connectionId, { type: 'granted', grant: renewed })) return credentialOf(renewed);
    // REF-8: it was disconnected meanwhile, so what came after it ends too.
    await revokeGrant((key) => wire.exchange(tag, undefined, key && { bound: key }), renewed);
    throw new ConnectionError('no-connection', 'it was disconnected while its token was renewed');
  } catch (error) {
    throw await refreshFailure({ store, wire }, connectionId, error);
  }
}

/** Only the server's own word ends a grant; offline, time-outs, 5xx and strange answers leave it alone (REF-4, REF-5). */
async function refreshFailure(needs: RenewNeeds, connectionId: string, error: unknown): Promise<unknown> {
  const failedForNow = (because?: OAuthErrorCode, retryAfter = 0): Promise<boolean> => {
    const until = needs.wire.now() + Math.max(RETRY_AFTER_MS, retryAfter * 1000);
    return needs.store.apply(connectionId, { type: 'refresh-failed', until, ...(because && { because }) });
  };
  if (error instanceof ConnectionError) return error;
  if (!(error instanceof OAuthError)) {
    await failedForNow();
    return error;
  }
  if (error.code === 'key-missing') return ended(needs, connectionId, 'key-lost');
  if (error.code === 'binding-refused') return ended(needs, connectionId, 'binding-dropped');
  const { serverError, status, retryAfter } = error.details;
  if (serverError === 'invalid_client' || serverError === 'unauthorized_client') {
    return ended(needs, connectionId, 'client-unknown');
  }
  // Some servers refuse with an empty 400.
  if (
    serverError === 'invalid_grant' ||
    (error.code === 'server-error' && serverError === undefined && status === 400)
  ) {
    return ended(needs, connectionId, 'grant-refused');
  }
  await failedForNow(error.code, retryAfter);
  return new ConnectionError('refresh-failed', 'the token could not be renewed now', {
    cause: error,
    oauth: error.code,
  });
}

async function ended(
  { store, wire }: RenewNeeds,
  connectionId: string,
  reason: Exclude<EndedBy, 'server-changed'>,
): Promise<ConnectionError> {
  await store.apply(connectionId, { type: 'ended', reason, at: wire.now() });
  return new ConnectionError('needs-sign-in', 'the grant is over');
}

/** REF-5: after a failed refresh the server is left in peace for a while. */
function requireNotWaiting(connection: Connection | undefined, now: number): void {
  if (connection?.state.kind !== 'waiting' || connection.state.until <= now) return;
  throw new ConnectionError('refresh-failed', 'the last attempt to renew the token failed just now', {
    ...(connection.state.because && { oauth: connection.state.because }),
  });
}

function grantIn(connection: Connection | undefined): Grant {
  if (!connection) throw new ConnectionError('no-connection', 'there is no such connection');
  if (connection.state.kind === 'needs-sign-in') throw new ConnectionError('needs-sign-in', 'the grant is over');
  return connection.state.grant;
}

function credentialOf(grant: Grant): Credential {
  const bound = boundKeyOf(grant);
  return { accessToken: grant.accessToken, ...(bound && { bound }) };
}
