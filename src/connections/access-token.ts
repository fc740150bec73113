import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import { refreshTokens, type RefreshRequest } from '#oauth/refresh.ts';
import type { TraceTag } from '#trace/event.ts';

import type { Connection } from './connection-view.ts';
import { endRefused } from './end-refused.ts';
import { ConnectionError } from './errors.ts';
import { grantOf } from './grant.ts';
import { movedServer } from './healing.ts';
import type { Lock } from './lock.ts';
import { revokeGrant } from './revoke-grant.ts';
import { resourceParameter } from './service.ts';
import type { Grant } from './state.ts';
import type { ConnectionStore } from './store.ts';
import type { Wire } from './wire.ts';

/** Access tokens for calls. They are handed to the caller of one call and belong nowhere else. */
export interface AccessTokens {
  /** The token of a connection, from memory. @throws ConnectionError */
  current(connectionId: string): Promise<string>;
  /**
   * A token to use instead of `refused`. However many calls ask in however many tabs, one request is made (REF-3).
   * @throws ConnectionError `needs-sign-in` when the grant is over, `refresh-failed` when it is kept but can't be renewed now
   */
  renew(connectionId: string, refused: string): Promise<string>;
  /** Whether a token can be had in the place of a refused one without the person. */
  canRenew(connectionId: string): boolean;
  /**
   * The grant is of no use: calls are refused with `refused` too, which had just been renewed (API-5).
   * @param metadataUrl the `resource_metadata` that the refusal names: the resource may have changed its server (DISC-5)
   */
  giveUp(connectionId: string, refused: string, metadataUrl?: string): Promise<void>;
  /** As `giveUp`, but only where the resource has changed its server: else one refusal is no reason. */
  giveUpIfMoved(connectionId: string, refused: string, metadataUrl?: string): Promise<void>;
}

const RETRY_AFTER_MS = 5_000;

export interface AccessTokenNeeds {
  store: ConnectionStore;
  wire: Wire;
  lock: Lock;
}

/** Access tokens over the connection store. */
export function createAccessTokens({ store, wire, lock }: AccessTokenNeeds): AccessTokens {
  const running = new Map<string, Promise<string>>();
  return {
    async current(connectionId) {
      await store.ready;
      return grantIn(store.find(connectionId)).accessToken;
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
    giveUp: (connectionId, refused, metadataUrl) =>
      lock(`refresh ${connectionId}`, () => endRefused({ store, wire }, connectionId, refused, { metadataUrl })),
    giveUpIfMoved: (connectionId, refused, metadataUrl) =>
      lock(`refresh ${connectionId}`, () =>
        endRefused({ store, wire }, connectionId, refused, { metadataUrl, onlyIfMoved: true }),
      ),
  };
}

type RenewNeeds = Pick<AccessTokenNeeds, 'store' | 'wire'>;

/** Inside the lock: whoever had it before may have renewed, so the vault is read first (REF-3, REF-4). */
async function renewLocked({ store, wire }: RenewNeeds, connectionId: string, refused: string): Promise<string> {
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
    return grant.accessToken;
  }
  if (grant.refreshToken === undefined) {
    await endRefused({ store, wire }, connectionId, grant.accessToken);
    throw new ConnectionError('needs-sign-in', 'the grant is over');
  }
  await store.apply(connectionId, { type: 'refresh-started' });
  try {
    const request: RefreshRequest = {
      ...grant,
      refreshToken: grant.refreshToken,
      resource: connection && resourceParameter(connection.service),
      subject: connection?.identity?.subject,
    };
    let { server } = grant;
    const tokens = await refreshTokens(wire.exchange(tag), request).catch(async (error: unknown) => {
      const moved = await movedServer(wire.exchange(tag, undefined, { fresh: true }), server, error);
      if (!moved) throw error;
      server = moved;
      return refreshTokens(wire.exchange(tag), { ...request, server });
    });
    // REF-2: on disk before it is used.
    const renewed = grantOf({ ...grant, server }, tokens, wire.now());
    if (await store.apply(connectionId, { type: 'granted', grant: renewed })) return tokens.accessToken;
    // REF-8: it was disconnected meanwhile, so what came after it ends too.
    await revokeGrant(wire.exchange(tag), renewed);
    throw new ConnectionError('no-connection', 'it was disconnected while its token was renewed');
  } catch (error) {
    throw await refreshFailure({ store, wire }, connectionId, error);
  }
}

/** Only the server's own word ends a grant; offline, time-outs, 5xx and strange answers leave it alone (REF-4, REF-5). */
async function refreshFailure(needs: RenewNeeds, connectionId: string, error: unknown): Promise<unknown> {
  const failedForNow = (because?: OAuthErrorCode): Promise<boolean> => {
    const until = needs.wire.now() + RETRY_AFTER_MS;
    return needs.store.apply(connectionId, { type: 'refresh-failed', until, ...(because && { because }) });
  };
  if (error instanceof ConnectionError) return error;
  if (!(error instanceof OAuthError)) {
    await failedForNow();
    return error;
  }
  const { serverError, status } = error.details;
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
  await failedForNow(error.code);
  return new ConnectionError('refresh-failed', 'the token could not be renewed now', {
    cause: error,
    oauth: error.code,
  });
}

type ServersWord = 'client-unknown' | 'grant-refused';

async function ended({ store, wire }: RenewNeeds, connectionId: string, reason: ServersWord): Promise<ConnectionError> {
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
