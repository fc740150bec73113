import { revokeGrant } from '#connections/disconnect/revoke-grant.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { AccessTokens } from '#connections/refresh/access-tokens.ts';
import { resourceParameter } from '#connections/services/service.ts';
import { dpopKeyForRefresh, type Grant } from '#connections/store/connection-state.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import { grantIn } from '#connections/store/credential.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { DiscardedTokens } from '#oauth/issued-tokens.ts';
import { refreshTokens, type RefreshListener } from '#oauth/refresh.ts';
import type { TraceTag } from '#trace/event.ts';
import { masked } from '#trace/mask.ts';

export interface ReplayDeps {
  http: HttpClient;
  connections: Pick<ConnectionStore, 'find'>;
  tokens: Pick<AccessTokens, 'refresh'>;
}

/**
 * The number of refreshes before the replay. A server may accept the previous refresh token until the new one is used, because
 * the response with the new one may have been lost.
 */
const RENEWALS = 2;

/**
 * Plays an attacker who copied a refresh token: refreshes normally until the copied token is superseded for good, then replays it
 * (RFC 9700 §4.14.2).
 * @returns the flow of the replay
 * @throws ConnectionError when the connection can't be refreshed; nothing is replayed then
 */
export async function replayRefreshToken(
  { http, connections, tokens }: ReplayDeps,
  { id, service, ...connection }: Connection,
): Promise<string> {
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'attack-demo', service: service.name, connection: id };
  const copied = grantIn({ id, service, ...connection });
  let current = copied;
  for (let times = 0; times < RENEWALS; times += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each refresh uses the previous one's token
    await tokens.refresh(id, current.accessToken, tag.flow);
    current = grantIn(connections.find(id));
  }
  const [from, to] = [current, copied].map(({ refreshToken = '' }) => masked(refreshToken));
  http.recorder.record(tag, { type: 'tampered', what: 'refresh_token', from: from ?? '', to: to ?? '' });
  // If the server accepts the replay, revoke the tokens it issues, whether they could be used or not.
  const { server, clientId, binding } = copied;
  const client = { server, clientId, ...(binding && { binding }) };
  const revoke = (taken: DiscardedTokens) =>
    revokeGrant((bound) => http.forFlow(tag, undefined, bound && { bound }), { ...client, ...taken });
  let discarded: DiscardedTokens | undefined;
  try {
    const onDiscarded = (unused: DiscardedTokens) => (discarded = unused);
    await revoke(await present(http, tag, copied, resourceParameter(service), onDiscarded));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    if (discarded) await revoke(discarded);
  }
  return tag.flow;
}

function present(
  http: HttpClient,
  tag: TraceTag,
  copied: Grant,
  resource: string | undefined,
  onDiscarded: RefreshListener['onDiscarded'],
) {
  const { server, clientId, scope, refreshToken = '' } = copied;
  const bound = dpopKeyForRefresh(copied);
  const request = omitUndefined({ server, clientId, scope, refreshToken, resource });
  return refreshTokens(http.forFlow(tag, undefined, bound && { bound }), request, {
    onReplaced: () => Promise.resolve(),
    onDiscarded,
  });
}
