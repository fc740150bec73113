import * as oauth from 'oauth4webapi';

import { omitUndefined } from '#lib/omit-undefined.ts';

import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { parseSafeUrl } from './safe-url.ts';
import { asOAuthError } from './as-oauth-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

export interface RevocationRequest {
  server: ServerMetadata;
  clientId: string;
  token: string;
  hint: 'access_token' | 'refresh_token';
}

/**
 * Revokes a token at the server (REV-1, REV-2; RFC 7009 §2). Any 2xx is a success whatever its body: some servers
 * return 204 because there is no body, others 201 to every POST, and some a page larger than the app reads.
 * @throws OAuthError if the server did not confirm, or offers no revocation (`not-found`)
 */
export async function revokeToken(context: FlowContext, request: RevocationRequest): Promise<void> {
  const { server, clientId, token, hint } = request;
  if (!server.revocation_endpoint) throw new OAuthError('not-found', 'the server offers no revocation');
  if (!parseSafeUrl(server.revocation_endpoint, context.allowLoopbackHttp)) {
    throw new OAuthError('unsafe-url', 'the revocation endpoint is not a safe address', { step: 'revocation' });
  }
  const send = context.fetchFor('revocation');
  try {
    const response = await oauth.revocationRequest(server, { client_id: clientId }, oauth.None(), token, {
      // `keepalive`: closing the page must not leave the token valid.
      [oauth.customFetch]: (url, init) => send(url, { ...init, keepalive: true }),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      additionalParameters: { token_type_hint: hint },
      ...omitUndefined({ signal: context.signal }),
    });
    if (!response.ok) await oauth.processRevocationResponse(response);
  } catch (error) {
    if (isUnreadSuccess(error)) return;
    throw asOAuthError(error, server.revocation_endpoint, 'revocation');
  }
}

/** Returns true for a 2xx whose body was larger than the app reads: the status alone counts. */
function isUnreadSuccess(error: unknown): boolean {
  if (!(error instanceof OAuthError) || error.code !== 'response-too-large') return false;
  const { status = 0 } = error.details;
  return status >= 200 && status < 300;
}
