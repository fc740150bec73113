import type { Exchange } from '#oauth/exchange.ts';
import { isNamed, type Identity } from '#oauth/identity.ts';
import { exchangeCode, type UnusedTokens } from '#oauth/token.ts';
import type { CodeExchange } from '#oauth/token-request.ts';
import { fetchUserInfo } from '#oauth/userinfo.ts';
import type { TraceTag } from '#trace/event.ts';

import { admitGrant, type AdmitGrantNeeds } from './admit-grant.ts';
import { grantOf } from './grant.ts';
import { movedServer } from './healing.ts';
import type { PendingSignIn } from './pending-sign-in.ts';
import { revokeGrant } from './revoke-grant.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';

/** A code on its way to the server, and what it answers to. */
export interface SentCode {
  signIn: PendingSignIn;
  request: CodeExchange;
  /** The answer of the token endpoint. */
  sent: Promise<Response>;
  exchange: Exchange;
  tag: TraceTag;
}

/**
 * What follows once the code has left: the answer is validated, the person is named, the connection is stored. A module of
 * its own, loaded while the server is at work (see finish-sign-in.ts).
 * @param onTokens called when the server has given tokens
 * @throws OAuthError
 */
export async function redeem(
  needs: AdmitGrantNeeds,
  { signIn, request, sent, exchange, tag }: SentCode,
  onTokens: () => void,
): Promise<SignInOutcome> {
  const { clientId, nonce } = signIn;
  let { server } = signIn;
  // Tokens that are thrown away end at the server too, and nobody waits for it: the person has cancelled, or was not proved.
  const revokeUnused = (unused: UnusedTokens): void => {
    const grant = { server, clientId, scope: [], obtainedAt: needs.wire.now(), ...unused };
    void revokeGrant(needs.wire.exchange(tag), grant);
  };
  const { tokens, identity } = await exchangeCode(exchange, request, sent, revokeUnused).catch(
    async (error: unknown) => {
      const moved = await movedServer(needs.wire.exchange(tag, exchange.signal, { fresh: true }), server, error);
      if (!moved) throw error;
      server = moved;
      return exchangeCode(exchange, { ...request, server }, undefined, revokeUnused);
    },
  );
  onTokens();
  const subject = identity?.subject;
  const { accessToken } = tokens;
  // Without an id_token, or with one that names nobody (M-13).
  let asked: Identity | undefined;
  if (!identity || !isNamed(identity)) {
    const about = { server, accessToken, ...(subject !== undefined && { subject }) };
    asked = await fetchUserInfo(exchange, about).catch((error: unknown) => {
      revokeUnused(tokens);
      throw error;
    });
  }
  return admitGrant(
    needs,
    signIn,
    grantOf({ server, clientId, nonce }, tokens, needs.wire.now()),
    asked ?? identity,
    tag,
  );
}
