import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { parseSafeUrl } from './safe-url.ts';
import type { ServerMetadata } from './server-metadata.ts';
import type { DpopPreference } from './token-response.ts';

/** Everything that was stored before the person left, and the code that came back (CB-7). */
export interface CodeExchange {
  server: ServerMetadata;
  clientId: string;
  redirectUri: string;
  codeVerifier: string;
  code: string;
  nonce?: string;
  /** How many seconds ago the person may have signed in at most, where that was asked for; the id_token has to say. */
  maxAge?: number;
  resource?: string;
  scope: readonly string[];
  /** Whether the tokens are to be bound to the key that the exchange proves. */
  binding?: DpopPreference;
}

/**
 * Sends an authorization code to the token endpoint, without a secret (TOK-1; RFC 6749 §4.1.3, RFC 7636 §4.5). It is sent
 * once: after an uncertain failure the code is not sent again (TOK-8). Without oauth4webapi, which reads the answer: all that
 * is loaded before this request leaves keeps a returning person waiting.
 * @returns the answer, unread
 * @throws OAuthError
 */
export async function requestTokens(context: FlowContext, request: CodeExchange): Promise<Response> {
  const { server, clientId, code, codeVerifier, redirectUri, resource } = request;
  if (!parseSafeUrl(server.token_endpoint, context.allowLoopbackHttp)) {
    throw new OAuthError('unsafe-url', 'unsafe token endpoint', { step: 'token-exchange' });
  }
  return context.fetchFor('token-exchange')(server.token_endpoint, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: clientId,
      code_verifier: codeVerifier,
      redirect_uri: redirectUri,
      ...(resource !== undefined && { resource }),
    }),
    signal: context.signal,
  });
}
