import * as oauth from 'oauth4webapi';

import { OAuthError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { identityOfClaims, type Identity } from './identity.ts';
import { requireAccessTokenHash, requireAsymmetric, requireSignature } from './id-token.ts';
import { parseJsonObject } from './json-document.ts';
import { asOAuthError } from './server-error.ts';
import { requestTokens, type CodeExchange } from './token-request.ts';
import { tidyTokenResponse, tokenSetOf, type TokenSet } from './token-response.ts';

export interface CodeExchangeResult {
  tokens: TokenSet;
  /** Who signed in, where `openid` was asked for: from the validated id_token (TOK-6); none where the grant is without `openid`. */
  identity?: Identity;
}

/**
 * Exchanges an authorization code for tokens (RFC 6749 §4.1.3, §4.1.4).
 * With a nonce the id_token is required, its claims and signature are validated before anything is given out (ID-1, ID-2).
 * @param sent the answer, where the request has left already
 * @throws OAuthError
 */
export async function exchangeCode(
  exchange: Exchange,
  request: CodeExchange,
  sent: Promise<Response> = requestTokens(exchange, request),
): Promise<CodeExchangeResult> {
  const { server, nonce } = request;
  const client: oauth.Client = { client_id: request.clientId };
  try {
    const response = await tidyTokenResponse(await sent, server.token_endpoint);
    const { scope, id_token } = (await parseJsonObject(response.clone())) ?? {};
    if (typeof id_token === 'string') requireAsymmetric(exchange, id_token);
    // A person may take `openid` out of the grant; without it no id_token is owed (TOK-5).
    const isOpenId = id_token !== undefined || typeof scope !== 'string' || scope.split(' ').includes('openid');
    const answer = await oauth.processAuthorizationCodeResponse(server, client, response, {
      ...(nonce !== undefined && isOpenId && { expectedNonce: nonce, requireIdToken: true }),
    });
    const tokens = tokenSetOf(exchange, answer, request.scope);
    const claims = oauth.getValidatedIdTokenClaims(answer);
    if (!claims || answer.id_token === undefined) return { tokens };
    exchange.onCheck({ rule: 'id-token-claims-hold', outcome: 'passed' });
    await requireSignature(exchange, server, response);
    await requireAccessTokenHash(exchange, answer.id_token, tokens.accessToken);
    return { tokens, identity: identityOfClaims(server.issuer, claims) };
  } catch (error) {
    const failure = asOAuthError(error, server.token_endpoint, 'token-exchange');
    const isOurs = error instanceof OAuthError; // already reported where it was checked
    if (failure.code === 'id-token-invalid' && !isOurs) {
      exchange.onCheck({ rule: 'id-token-claims-hold', outcome: 'failed' });
    }
    throw failure;
  }
}
