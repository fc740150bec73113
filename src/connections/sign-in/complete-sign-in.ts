import { revokeGrant } from '#connections/disconnect/revoke-grant.ts';
import { rediscoverMovedEndpoint } from '#connections/discovery/moved-endpoint.ts';
import type { DpopKeyRef } from '#connections/http/dpop.ts';
import type { TokenBinding } from '#connections/store/connection-state.ts';
import { bindingOf, toGrant } from '#connections/store/grant.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { hasProfile, identityOfClaims } from '#oauth/identity.ts';
import type { DiscardedTokens } from '#oauth/issued-tokens.ts';
import type { CodeExchange } from '#oauth/token-request.ts';
import type { TokenSet } from '#oauth/token-response.ts';
import { exchangeCode } from '#oauth/token.ts';
import { fetchUserInfo } from '#oauth/userinfo.ts';
import type { TraceTag } from '#trace/event.ts';

import type { PendingSignIn } from './pending-sign-in.ts';
import { saveGrant, type SaveGrantDeps } from './save-grant.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';

/** A code exchange in progress, and the sign-in it belongs to. */
export interface PendingCodeExchange {
  signIn: PendingSignIn;
  request: CodeExchange;
  /** The token endpoint's response. */
  sent: Promise<Response>;
  context: FlowContext;
  tag: TraceTag;
}

/**
 * Completes a sign-in after the code was sent: validates the token response, identifies the user and stores the connection.
 * This is a separate module so that it can load while the server processes the request (see handle-callback.ts).
 * @param onTokens called when the server has issued tokens
 * @throws OAuthError
 */
export async function completeSignIn(
  deps: SaveGrantDeps,
  { signIn, request, sent, context, tag }: PendingCodeExchange,
  onTokens: () => void,
): Promise<SignInOutcome> {
  const { clientId, nonce, binding: pendingKey } = signIn;
  const bound: DpopKeyRef | undefined = pendingKey?.kind === 'key' ? pendingKey : undefined;
  let { server } = signIn;
  // Revoke discarded tokens in the background, whatever made the response unusable.
  const revokeUnused = (unused: DiscardedTokens): void => {
    const binding: TokenBinding | undefined = bound && { kind: 'bound', keyId: bound.keyId };
    const grant = omitUndefined({ server, clientId, ...unused, binding });
    void revokeGrant((key) => deps.http.forFlow(tag, undefined, key && { bound: key }), grant);
  };
  const { tokens, identity } = await exchangeCode(context, request, sent, revokeUnused).catch(
    async (error: unknown) => {
      const moved = await rediscoverMovedEndpoint(
        deps.http.forFlow(tag, context.signal, { fresh: true }),
        server,
        error,
      );
      if (!moved) throw error;
      server = moved;
      return exchangeCode(context, { ...request, server }, undefined, revokeUnused);
    },
  );
  onTokens();
  const now = deps.http.now();
  const subject = identity?.subject;
  const { accessToken, isDpopBound } = tokens;
  // An unbound token is sent without DPoP proofs.
  const plain = bound && !isDpopBound ? deps.http.forFlow(tag, context.signal) : context;
  const userInfo = { server, accessToken, isDpopBound, subject };
  // Ask UserInfo if there is no id_token, or if it has no profile claims (M-13).
  const asked = identity && hasProfile(identity) ? undefined : fetchUserInfo(plain, userInfo);
  // The identity must be known before the grant is stored; the display name can follow later.
  const who =
    identity ??
    (await asked?.catch((error: unknown) => {
      revokeUnused(tokens);
      throw error;
    })) ??
    // Without an id_token or UserInfo, the token response itself may say who signed in, as in the AT Protocol.
    (tokens.subject === undefined ? undefined : identityOfClaims(server.issuer, { sub: tokens.subject }));
  const name = identity && asked?.catch(() => undefined);
  const grant = toGrant({ server, clientId, nonce }, tokens, now, bindingNow(pendingKey, tokens, now));
  return saveGrant(deps, signIn, grant, { who, name }, tag).catch((error: unknown) => {
    revokeUnused(tokens); // the grant could not be stored
    throw error;
  });
}

/** Returns what the tokens are bound to, or undefined if the server offers no binding. */
function bindingNow(asked: PendingSignIn['binding'], tokens: TokenSet, now: number): TokenBinding | undefined {
  if (asked?.kind === 'key') return bindingOf(asked.keyId, tokens, now);
  return asked && { kind: 'bearer', because: 'key-not-kept' };
}
