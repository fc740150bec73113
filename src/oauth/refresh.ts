import * as oauth from 'oauth4webapi';

import { assertRule, type FlowContext } from './flow-context.ts';
import { withAlgorithms } from './id-token.ts';
import { asOAuthError } from './server-error.ts';
import type { ServerMetadata } from './server-metadata.ts';
import { normalizeTokenResponse, tokenSetOf, type DpopPreference, type TokenSet } from './token-response.ts';

export interface RefreshRequest {
  server: ServerMetadata;
  clientId: string;
  refreshToken: string;
  resource?: string;
  /** What was granted: it holds where the answer names no scope. It is not sent, so that nothing is widened (REF-1). */
  scope: readonly string[];
  /** `required`: the grant is bound to the key that the exchange proves, and so must be what comes (DPOP-3, DPOP-4). */
  binding?: DpopPreference | undefined;
  /** Whose grant it is, where that is known: an id_token about somebody else makes the answer void (ID-5). */
  subject?: string;
  /** The nonce of the sign-in, where that is known: an id_token may repeat it, and have no other (ID-5; OIDC Core §12.2). */
  nonce?: string;
}

/**
 * Gets a new access token for a refresh token (RFC 6749 §6). Where the answer has no new refresh token the old one stays
 * good, and is given back (REF-2).
 * An id_token in the answer is looked at for its subject alone, and names nobody, so its signature is not asked for.
 * @throws OAuthError; `server-error` with `invalid_grant` means that the refresh token is dead
 */
export async function refreshTokens(context: FlowContext, request: RefreshRequest): Promise<TokenSet> {
  const { server } = request;
  const client: oauth.Client = { client_id: request.clientId };
  try {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), request.refreshToken, {
      [oauth.customFetch]: context.fetchFor('refresh'),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      additionalParameters: request.resource === undefined ? {} : { resource: request.resource },
      signal: context.signal,
    });
    const normalized = await normalizeTokenResponse(response, server.token_endpoint);
    const parsed = await oauth.processRefreshTokenResponse(withAlgorithms(server), client, normalized);
    const claims = oauth.getValidatedIdTokenClaims(parsed);
    requireSubject(context, claims?.sub, request.subject);
    requireNonce(context, claims?.nonce, request.nonce);
    return {
      refreshToken: request.refreshToken,
      ...tokenSetOf(context, parsed, request.scope, request.binding ?? 'none'),
    };
  } catch (error) {
    throw asOAuthError(error, server.token_endpoint, 'refresh');
  }
}

function requireSubject(context: FlowContext, actual: string | undefined, expected: string | undefined): void {
  if (actual === undefined || expected === undefined) return;
  assertRule(context, actual === expected, { rule: 'same-person' }, 'id-token-invalid');
}

function requireNonce(context: FlowContext, actual: unknown, expected: string | undefined): void {
  if (actual === undefined || expected === undefined) return;
  assertRule(context, actual === expected, { rule: 'id-token-claims-hold' }, 'id-token-invalid');
}
