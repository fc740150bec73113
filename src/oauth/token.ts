import * as oauth from 'oauth4webapi';

import { OAuthError, type OAuthErrorCode } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { namedScope } from './granted-scope.ts';
import { assertAuthTime, assertIssuedAt, byServerClock, clockOffset } from './id-token-times.ts';
import {
  assertSubjectAndParty,
  requireAccessTokenHash,
  requireAsymmetric,
  requireSignature,
  withAlgorithms,
} from './id-token.ts';
import { identityOfClaims, type Identity } from './identity.ts';
import { readIssuedTokens, type DiscardedTokens } from './issued-tokens.ts';
import { parseJsonObject } from './json-document.ts';
import { asOAuthError } from './as-oauth-error.ts';
import { requestTokens, type CodeExchange } from './token-request.ts';
import { normalizeTokenResponse, tokenSetOf, type TokenSet } from './token-response.ts';

export interface CodeExchangeResult {
  tokens: TokenSet;
  /** The account that signed in, from the validated id_token (TOK-6); absent if the grant does not include `openid`. */
  identity?: Identity;
}

/**
 * Exchanges an authorization code for tokens (RFC 6749 §4.1.3, §4.1.4). With a nonce an id_token is required, and its claims
 * and signature are validated before anything is returned (ID-1, ID-2).
 * @param sent the pending response, if the request has already been sent
 * @param onDiscarded called with the tokens of a rejected response, so that they can be revoked
 * @throws OAuthError
 */
export async function exchangeCode(
  context: FlowContext,
  request: CodeExchange,
  sent: Promise<Response> = requestTokens(context, request),
  onDiscarded: (tokens: DiscardedTokens) => void = () => undefined,
): Promise<CodeExchangeResult> {
  const { server, clientId, nonce, maxAge, binding = 'none' } = request;
  let issued: DiscardedTokens | undefined;
  try {
    const received = await sent;
    issued = await readIssuedTokens(received);
    const response = await normalizeTokenResponse(context, received, server.token_endpoint, binding);
    const { scope, id_token } = (await parseJsonObject(response.clone())) ?? {};
    if (typeof id_token === 'string') requireAsymmetric(context, id_token);
    // The user may remove `openid` from the grant; the server then need not return an id_token (TOK-5).
    const isOpenId = id_token !== undefined || namedScope(scope, request.scope)?.includes('openid') !== false;
    const offset = clockOffset(received, id_token);
    const client: oauth.Client = { client_id: clientId, ...byServerClock(offset) };
    const parsed = await oauth.processAuthorizationCodeResponse(withAlgorithms(server), client, response, {
      ...(nonce !== undefined && isOpenId && { expectedNonce: nonce }),
      ...((nonce !== undefined || maxAge !== undefined) && isOpenId && { requireIdToken: true }),
    });
    const tokens = tokenSetOf(context, parsed, request.scope, binding);
    const claims = oauth.getValidatedIdTokenClaims(parsed);
    if (!claims || parsed.id_token === undefined) return { tokens };
    assertIssuedAt(context, claims.iat, offset);
    if (maxAge !== undefined) assertAuthTime(context, claims.auth_time, maxAge, offset);
    assertSubjectAndParty(context, claims, clientId);
    const isSigned = await requireSignature(context, server, response);
    await requireAccessTokenHash(context, parsed.id_token, tokens.accessToken);
    // Without a verified signature the account is known, but nothing of what is said about it is shown.
    return { tokens, identity: identityOfClaims(server.issuer, isSigned ? claims : { sub: claims.sub }) };
  } catch (error) {
    const failure = asOAuthError(error, server.token_endpoint, 'token-request');
    const isOurs = error instanceof OAuthError; // already reported by the failed check
    if (!isOurs) reportIdTokenFailure(context, failure.code);
    if (issued) onDiscarded(issued);
    throw failure;
  }
}

/** Records which check of the id_token failed in oauth4webapi. */
function reportIdTokenFailure({ onCheck }: FlowContext, code: OAuthErrorCode): void {
  if (code === 'id-token-invalid') onCheck({ rule: 'id-token-claims-hold', outcome: 'failed' });
  if (code === 'clock-mismatch') onCheck({ rule: 'id-token-times-hold', outcome: 'failed' });
}
