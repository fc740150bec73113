import { revokeGrant, type ContextFor } from '#connections/disconnect/revoke-grant.ts';
import { rediscoverMovedEndpoint } from '#connections/discovery/moved-endpoint.ts';
import { ConnectionError } from '#connections/errors.ts';
import { lockName } from '#connections/lock.ts';
import { resourceParameter } from '#connections/services/service.ts';
import {
  boundKeyOf,
  NO_ATTEMPTS,
  dpopKeyForRefresh,
  type Attempts,
  type Grant,
} from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import {
  credentialOf,
  grantIn,
  requireNotWaiting,
  tokenFingerprint,
  type Credential,
} from '#connections/store/credential.ts';
import { bindingOf, toGrant } from '#connections/store/grant.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { DiscardedTokens } from '#oauth/issued-tokens.ts';
import { refreshTokens, type RefreshListener, type RefreshRequest } from '#oauth/refresh.ts';
import type { TokenSet } from '#oauth/token-response.ts';
import type { TraceStep, TraceTag } from '#trace/event.ts';

import { endRejectedGrant } from './end-rejected-grant.ts';
import { ended, refreshFailure, type RefreshDeps } from './refresh-failure.ts';

/** Options for a refresh. */
export interface RefreshOptions {
  /** The fingerprint of the token to replace. */
  staleToken: string;
  /** Skips the backoff after a failure. */
  ignoreBackoff: boolean;
  /** The time spent waiting for the lock, in milliseconds. */
  waited: number;
  /** The trace flow that needs the token. */
  cause?: string;
}

/**
 * Refreshes a connection's token. Runs inside the connection's lock, in the service worker, which outlives a tab, or in a page.
 * Reads the vault first, because the previous holder of the lock may have refreshed (REF-3, REF-4). Writes the journal to disk
 * before the request is sent, and the new tokens to disk before they are used (REF-2).
 * @throws ConnectionError `needs-sign-in` | `refresh-failed` | `no-connection`
 */
export async function refreshGrant(
  deps: RefreshDeps,
  connectionId: string,
  { staleToken, ignoreBackoff, waited, cause }: RefreshOptions,
): Promise<Credential> {
  const { store, http } = deps;
  const connection = await store.reload(connectionId);
  const grant = grantIn(connection);
  const tag: TraceTag = omitUndefined({
    flow: crypto.randomUUID(),
    kind: 'refresh',
    service: connection?.service.name ?? '',
    connection: connectionId,
    cause,
  });
  http.recorder.record(tag, { type: 'lock-waited', lock: lockName(connectionId), ms: waited });
  const hasExpired = grant.expiresAt !== undefined && grant.expiresAt <= http.now();
  if (!hasExpired && (await tokenFingerprint(grant.accessToken)) !== staleToken) {
    http.recorder.record(tag, { type: 'token-adopted' });
    return credentialOf(grant);
  }
  if (!connection || grant.refreshToken === undefined) {
    await endRejectedGrant({ store, http }, connectionId, grant.accessToken);
    throw new ConnectionError('needs-sign-in', 'the grant is over');
  }
  // The previous holder of the lock may have just failed (REF-5).
  if (!ignoreBackoff) requireNotWaiting(connection, http.now());
  const { journal } = connection;
  const wasLeft = journal?.kind === 'in-flight';
  // The tab or worker that started this refresh crashed, and so did its only retry (REF-6).
  if (wasLeft && journal.isRetry) throw await ended(deps, connectionId, 'answer-lost');
  if (wasLeft) http.recorder.record(tag, { type: 'retry-declared' });
  const { failures, lost, refusals } = journal ?? NO_ATTEMPTS;
  const inRow = refusals !== undefined && { refusals };
  let attempts: Attempts = { failures, lost: wasLeft ? lost + 1 : lost, ...inRow };
  const isRetry = wasLeft && { isRetry: true as const };
  await store.apply(connectionId, { type: 'refresh-started', at: http.now(), ...isRetry, ...attempts });
  http.recorder.record(tag, stored('journal', ['in-flight']));
  const contextFor: ContextFor = (key) => http.forFlow(tag, undefined, key && { bound: key });
  let discarded: DiscardedTokens | undefined;
  const listener: RefreshListener = {
    async onReplaced(refreshToken) {
      attempts = { ...attempts, lost: 0 };
      if (await store.apply(connectionId, { type: 'refresh-token-replaced', refreshToken }))
        http.recorder.record(tag, stored('connection', ['refreshToken']));
    },
    onDiscarded: (tokens) => (discarded = tokens),
  };
  try {
    const current = { ...grant, refreshToken: grant.refreshToken };
    const { tokens, server } = await requestTokens(deps, connection, current, tag, listener);
    const now = http.now();
    const bound = dpopKeyForRefresh(grant);
    const binding = bound ? bindingOf(bound.keyId, tokens, now) : grant.binding;
    const refreshed = toGrant({ ...grant, server }, tokens, now, binding);
    if (await store.apply(connectionId, { type: 'granted', grant: refreshed })) {
      http.recorder.record(tag, stored('connection', Object.keys(refreshed)));
      return credentialOf(refreshed);
    }
    // REF-8: the connection was removed during the refresh, so revoke the new tokens too.
    await revokeGrant(contextFor, refreshed);
    throw new ConnectionError('no-connection', 'it was disconnected while its token was refreshed');
  } catch (error) {
    const newer = await newerThan(grant, store, connectionId);
    if (newer) {
      http.recorder.record(tag, { type: 'token-adopted' });
      return credentialOf(newer);
    }
    const hadTokens = discarded !== undefined;
    const failure = await refreshFailure(deps, { connectionId, grant, attempts, tag, hadTokens }, error);
    // While the grant lives on, its discarded access token is left to expire: revoking it could end the grant (RFC 7009 §2.1).
    if (discarded && !livesOn(store, connectionId)) {
      const { server, clientId, binding } = grant;
      await revokeGrant(contextFor, { server, clientId, ...discarded, ...(binding && { binding }) });
    }
    throw failure;
  }
}

/**
 * Returns the grant that another tab has refreshed in the meantime, which can happen where no lock spans the tabs. The server
 * then rejected a token that is already replaced (REF-4).
 */
async function newerThan(grant: Grant, store: ConnectionStore, connectionId: string): Promise<Grant | undefined> {
  const state = (await store.reload(connectionId))?.state;
  if (!state || state.kind === 'needs-sign-in') return undefined;
  return state.grant.accessToken === grant.accessToken ? undefined : state.grant;
}

function livesOn(store: ConnectionStore, connectionId: string): boolean {
  const state = store.find(connectionId)?.state;
  return state !== undefined && state.kind !== 'needs-sign-in';
}

function stored(what: string, names: readonly string[]): TraceStep {
  return { type: 'stored', where: 'IndexedDB', what, names };
}

/** Requests new tokens, and retries at the new token endpoint if the server has moved it (M-2). */
async function requestTokens(
  { http }: RefreshDeps,
  { service, identity }: Connection,
  grant: Grant & { refreshToken: string },
  tag: TraceTag,
  listener: RefreshListener,
): Promise<{ tokens: TokenSet; server: Grant['server'] }> {
  const bound = dpopKeyForRefresh(grant);
  const context = http.forFlow(tag, undefined, bound && { bound });
  const request: RefreshRequest = {
    ...grant,
    resource: resourceParameter(service),
    subject: identity?.subject,
    responseSubject: grant.responseSubject ?? identity?.subject,
    binding: bound && (boundKeyOf(grant) ? 'required' : 'wanted'),
  };
  const { server } = grant;
  try {
    return { tokens: await refreshTokens(context, request, listener), server };
  } catch (error) {
    const moved = await rediscoverMovedEndpoint(http.forFlow(tag, undefined, { fresh: true }), server, error);
    if (!moved || !(error instanceof OAuthError)) throw error;
    return { tokens: await refreshTokens(context, { ...request, server: moved }, listener), server: moved };
  }
}
