import * as oauth from 'oauth4webapi';

import { omitUndefined } from '#lib/omit-undefined.ts';
import { splitScope } from '#lib/scope.ts';

import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import {
  requireAccessTokenHash,
  requireAsymmetric,
  assertIssuedAt,
  requireSignature,
  withAlgorithms,
} from './id-token.ts';
import { identityOfClaims, type Identity } from './identity.ts';
import { parseJsonObject, type JsonObject } from './json-document.ts';
import { asOAuthError } from './as-oauth-error.ts';
import { requestTokens, type CodeExchange } from './token-request.ts';
import { normalizeTokenResponse, tokenSetOf, type TokenSet } from './token-response.ts';

export interface CodeExchangeResult {
  tokens: TokenSet;
  /** The account that signed in, from the validated id_token (TOK-6); absent if the grant does not include `openid`. */
  identity?: Identity;
}

/** Tokens that the server issued and the app does not use. */
export type DiscardedTokens = Pick<TokenSet, 'accessToken' | 'refreshToken'>;

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
  const { server, nonce } = request;
  const client: oauth.Client = { client_id: request.clientId };
  let unused: DiscardedTokens | undefined;
  try {
    const response = await normalizeTokenResponse(await sent, server.token_endpoint);
    const body = (await parseJsonObject(response.clone())) ?? {};
    unused = tokensIn(body);
    const { scope, id_token } = body;
    if (typeof id_token === 'string') requireAsymmetric(context, id_token);
    // The user may remove `openid` from the grant; the server then need not return an id_token (TOK-5).
    const isOpenId = id_token !== undefined || typeof scope !== 'string' || splitScope(scope).includes('openid');
    const parsed = await oauth.processAuthorizationCodeResponse(withAlgorithms(server), client, response, {
      ...(nonce !== undefined && isOpenId && { expectedNonce: nonce, requireIdToken: true }),
      ...(request.maxAge !== undefined && isOpenId && { maxAge: request.maxAge }),
    });
    const tokens = tokenSetOf(context, parsed, request.scope, request.binding ?? 'none');
    const claims = oauth.getValidatedIdTokenClaims(parsed);
    if (!claims || parsed.id_token === undefined) return { tokens };
    assertIssuedAt(context, claims.iat);
    const isSigned = await requireSignature(context, server, response);
    await requireAccessTokenHash(context, parsed.id_token, tokens.accessToken);
    // Without a verified signature the account is known, but nothing of what is said about it is shown.
    return { tokens, identity: identityOfClaims(server.issuer, isSigned ? claims : { sub: claims.sub }) };
  } catch (error) {
    const failure = asOAuthError(error, server.token_endpoint, 'token-request');
    const isOurs = error instanceof OAuthError; // already reported by the failed check
    if (failure.code === 'id-token-invalid' && !isOurs) {
      context.onCheck({ rule: 'id-token-claims-hold', outcome: 'failed' });
    }
    if (unused) onDiscarded(unused);
    throw failure;
  }
}

function tokensIn({ access_token, refresh_token }: JsonObject): DiscardedTokens | undefined {
  if (typeof access_token !== 'string' || access_token === '') return undefined;
  const refreshToken = typeof refresh_token === 'string' ? refresh_token : undefined;
  return omitUndefined({ accessToken: access_token, refreshToken });
}
