import { omitUndefined } from '#lib/omit-undefined.ts';

import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { parseSafeUrl } from './safe-url.ts';
import type { ServerMetadata } from './server-metadata.ts';
import type { DpopPreference } from './token-response.ts';

/** The code of the authorization response, and everything that was stored before the user left (CB-7). */
export interface CodeExchange {
  server: ServerMetadata;
  clientId: string;
  redirectUri: string;
  codeVerifier: string;
  code: string;
  nonce?: string;
  /** The maximum age of the sign-in in seconds, if one was requested; the id_token must confirm it. */
  maxAge?: number;
  resource?: string | undefined;
  scope: readonly string[];
  /** Whether the tokens should be bound to the key that the flow's fetch proves. */
  binding?: DpopPreference;
}

/**
 * Sends an authorization code to the token endpoint, without a client secret (TOK-1; RFC 6749 §4.1.3, RFC 7636 §4.5). Sends it
 * once: after an ambiguous failure the code is not sent again (TOK-8). Does not use oauth4webapi, which only parses the
 * response: loading it before this request would keep a returning user waiting.
 * @returns the unread response
 * @throws OAuthError
 */
export async function requestTokens(context: FlowContext, request: CodeExchange): Promise<Response> {
  const { server, clientId, code, codeVerifier, redirectUri, resource } = request;
  if (!parseSafeUrl(server.token_endpoint, context.allowLoopbackHttp)) {
    throw new OAuthError('unsafe-url', 'unsafe token endpoint', { step: 'token-request' });
  }
  return context.fetchFor('token-request')(server.token_endpoint, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(
      omitUndefined({
        grant_type: 'authorization_code',
        code,
        client_id: clientId,
        code_verifier: codeVerifier,
        redirect_uri: redirectUri,
        resource,
      }),
    ),
    signal: context.signal ?? null,
  });
}
