import type { Exchange } from '#oauth/exchange.ts';
import { isNamed, type Identity } from '#oauth/identity.ts';
import { exchangeCode } from '#oauth/token.ts';
import type { CodeExchange } from '#oauth/token-request.ts';
import { fetchUserInfo } from '#oauth/userinfo.ts';
import type { TraceTag } from '#trace/event.ts';

import { admitGrant, type AdmitGrantNeeds } from './admit-grant.ts';
import { grantOf } from './grant.ts';
import type { PendingSignIn } from './pending-sign-in.ts';
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
  const { tokens, identity } = await exchangeCode(exchange, request, sent);
  onTokens();
  const { server } = signIn;
  const subject = identity?.subject;
  const { accessToken } = tokens;
  // Without an id_token, or with one that names nobody (M-13).
  const asked: Identity | undefined =
    identity && isNamed(identity)
      ? undefined
      : await fetchUserInfo(exchange, { server, accessToken, ...(subject !== undefined && { subject }) });
  return admitGrant(needs, signIn, grantOf(signIn, tokens, needs.wire.now()), asked ?? identity, tag);
}
