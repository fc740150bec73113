import * as oauth from 'oauth4webapi';

import { omitUndefined } from '#lib/omit-undefined.ts';

import { assertRule, type FlowContext } from './flow-context.ts';
import { withAlgorithms } from './id-token.ts';
import { asOAuthError } from './as-oauth-error.ts';
import type { ServerMetadata } from './server-metadata.ts';
import { normalizeTokenResponse, tokenSetOf, type DpopPreference, type TokenSet } from './token-response.ts';

export interface RefreshRequest {
  server: ServerMetadata;
  clientId: string;
  refreshToken: string;
  resource?: string | undefined;
  /** The granted scope, used if the response names none. It is not sent, so a refresh cannot widen the grant (REF-1). */
  scope: readonly string[];
  /**
   * `required` if the grant is bound to the key that the flow's fetch proves; the new tokens must then be bound too (DPOP-3,
   * DPOP-4).
   */
  binding?: DpopPreference | undefined;
  /** The subject of the grant, if known. An id_token about another subject invalidates the response (ID-5). */
  subject?: string | undefined;
  /** The nonce of the sign-in, if known. An id_token may repeat it but must not contain another (ID-5; OIDC Core §12.2). */
  nonce?: string | undefined;
}

/**
 * Requests a new access token with a refresh token (RFC 6749 §6). If the response has no new refresh token, the old one stays
 * valid and is returned (REF-2).
 * Only the subject and nonce of an id_token in the response are compared; it does not set the identity, so its signature is not
 * validated.
 * @throws OAuthError; `oauth-error` with `invalid_grant` means that the refresh token is no longer valid
 */
export async function refreshTokens(context: FlowContext, request: RefreshRequest): Promise<TokenSet> {
  const { server } = request;
  const client: oauth.Client = { client_id: request.clientId };
  try {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), request.refreshToken, {
      [oauth.customFetch]: context.fetchFor('refresh'),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      additionalParameters: omitUndefined({ resource: request.resource }),
      ...omitUndefined({ signal: context.signal }),
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
