import * as oauth from 'oauth4webapi';

import { OAuthError } from './errors.ts';
import { requireRule, type Exchange } from './exchange.ts';
import { identityOfClaims, type Identity } from './identity.ts';
import { asOAuthError } from './server-error.ts';
import type { ServerMetadata } from './server-metadata.ts';
import { tidyTokenResponse, tokenSetOf, type TokenSet } from './token-response.ts';

/** Everything that was stored before the person left, and the code that came back (CB-7). */
export interface CodeExchange {
  server: ServerMetadata;
  clientId: string;
  redirectUri: string;
  codeVerifier: string;
  code: string;
  /** The state of the response, already compared with the stored one. */
  state: string;
  iss?: string;
  nonce?: string;
  resource?: string;
  scope: readonly string[];
}

export interface CodeExchangeResult {
  tokens: TokenSet;
  /** Who signed in, where `openid` was asked for: from the validated id_token (TOK-6). */
  identity?: Identity;
}

/**
 * Exchanges an authorization code for tokens, without a secret (TOK-1; RFC 6749 §4.1.3, RFC 7636 §4.5). It is sent once:
 * after an uncertain failure the code is not sent again (TOK-8).
 * With a nonce the id_token is required, its claims and signature are validated before anything is given out (ID-1, ID-2).
 * @throws OAuthError
 */
export async function exchangeCode(exchange: Exchange, request: CodeExchange): Promise<CodeExchangeResult> {
  const { server, nonce } = request;
  const client: oauth.Client = { client_id: request.clientId };
  try {
    const response = await tidyTokenResponse(
      await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        validatedParameters(server, client, request),
        request.redirectUri,
        request.codeVerifier,
        {
          [oauth.customFetch]: exchange.fetchFor('token-exchange'),
          [oauth.allowInsecureRequests]: exchange.allowLoopbackHttp,
          additionalParameters: request.resource === undefined ? {} : { resource: request.resource },
          signal: exchange.signal,
        },
      ),
      server.token_endpoint,
    );
    const answer = await oauth.processAuthorizationCodeResponse(server, client, response, {
      ...(nonce !== undefined && { expectedNonce: nonce, requireIdToken: true }),
    });
    const tokens = tokenSetOf(exchange, answer, request.scope);
    const claims = oauth.getValidatedIdTokenClaims(answer);
    if (!claims) return { tokens };
    exchange.onCheck({ rule: 'id-token-claims-hold', outcome: 'passed' });
    await requireSignature(exchange, server, response);
    return { tokens, identity: identityOfClaims(server.issuer, claims) };
  } catch (error) {
    const failure = asOAuthError(error, server.token_endpoint);
    const isOurs = error instanceof OAuthError; // already reported where it was checked
    if (failure.code === 'id-token-invalid' && !isOurs) {
      exchange.onCheck({ rule: 'id-token-claims-hold', outcome: 'failed' });
    }
    throw failure;
  }
}

/** oauth4webapi wants the parameters as validated by itself; state and issuer were compared before, and are once more. */
function validatedParameters(server: ServerMetadata, client: oauth.Client, request: CodeExchange): URLSearchParams {
  const { code, state, iss } = request;
  const parameters = new URLSearchParams({ code, state, ...(iss !== undefined && { iss }) });
  return oauth.validateAuthResponse(server, client, parameters, state);
}

const SIGNATURE_VERDICTS = new Set([oauth.INVALID_RESPONSE, oauth.KEY_SELECTION, oauth.UNSUPPORTED_OPERATION]);

/** ID-2: TLS would excuse it (OIDC Core §3.1.3.7), but an account's name is worth one more request. */
async function requireSignature(exchange: Exchange, server: ServerMetadata, response: Response): Promise<void> {
  let holds = false;
  try {
    await oauth.validateApplicationLevelSignature(server, response, {
      [oauth.customFetch]: exchange.fetchFor('signing-keys'),
      [oauth.allowInsecureRequests]: exchange.allowLoopbackHttp,
      signal: exchange.signal,
    });
    holds = true;
  } catch (error) {
    // Keys that could not be fetched or read say nothing of the signature.
    const isVerdict = error instanceof Error && 'code' in error && SIGNATURE_VERDICTS.has(String(error.code));
    if (!isVerdict) throw asOAuthError(error, server.jwks_uri ?? server.token_endpoint);
  }
  requireRule(exchange, holds, { rule: 'id-token-signature-holds' }, 'id-token-invalid');
}
