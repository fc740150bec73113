import { revokeGrant } from '#connections/disconnect/revoke-grant.ts';
import { rediscoverMovedEndpoint } from '#connections/discovery/moved-endpoint.ts';
import type { DpopKeyRef } from '#connections/http/dpop.ts';
import type { TokenBinding } from '#connections/store/connection-state.ts';
import { bindingOf, toGrant } from '#connections/store/grant.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { hasProfile } from '#oauth/identity.ts';
import type { CodeExchange } from '#oauth/token-request.ts';
import type { TokenSet } from '#oauth/token-response.ts';
import { exchangeCode, type DiscardedTokens } from '#oauth/token.ts';
import { fetchUserInfo } from '#oauth/userinfo.ts';
import type { TraceTag } from '#trace/event.ts';

import type { PendingSignIn } from './pending-sign-in.ts';
import { saveGrant, type SaveGrantDeps } from './save-grant.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';

/** A code on its way to the server, and what it answers to. */
export interface PendingCodeExchange {
  signIn: PendingSignIn;
  request: CodeExchange;
  /** The answer of the token endpoint. */
  sent: Promise<Response>;
  context: FlowContext;
  tag: TraceTag;
}

/**
 * What follows once the code has left: the answer is validated, the person is named, the connection is stored. A module of
 * its own, loaded while the server is at work (see handle-callback.ts).
 * @param onTokens called when the server has given tokens
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
  // Tokens that are thrown away end at the server too, and nobody waits for it: the person has cancelled, or was not proved.
  const revokeUnused = (unused: DiscardedTokens): void => {
    const binding: TokenBinding | undefined = bound && { kind: 'bound', keyId: bound.keyId };
    const grant = { server, clientId, scope: [], obtainedAt: deps.http.now(), ...unused, ...(binding && { binding }) };
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
  // A token that is not bound is sent without proofs.
  const plain = bound && !isDpopBound ? deps.http.forFlow(tag, context.signal) : context;
  const about = { server, accessToken, isDpopBound, ...(subject !== undefined && { subject }) };
  // Without an id_token, or with one that names nobody (M-13).
  const asked = identity && hasProfile(identity) ? undefined : fetchUserInfo(plain, about);
  // Who it is has to be known before it is stored; what they are called does not.
  const who =
    identity ??
    (await asked?.catch((error: unknown) => {
      revokeUnused(tokens);
      throw error;
    }));
  const name = identity && asked?.catch(() => undefined);
  const grant = toGrant({ server, clientId, nonce }, tokens, now, bindingNow(pendingKey, tokens, now));
  return saveGrant(deps, signIn, grant, { who, ...(name && { name }) }, tag);
}

/** What the tokens are bound to; nothing is said where the server offers no binding. */
function bindingNow(asked: PendingSignIn['binding'], tokens: TokenSet, now: number): TokenBinding | undefined {
  if (asked?.kind === 'key') return bindingOf(asked.keyId, tokens, now);
  return asked && { kind: 'bearer', because: 'key-not-kept' };
}
