import { parseSafeUrl } from './safe-url.ts';
import type { ServerMetadata } from './server-metadata.ts';

export interface EndSessionRequest {
  clientId: string;
  /** Where the server redirects after the sign-out, and the `state` it returns; only for a registered URI (§3.1). */
  postLogoutRedirect?: { uri: string; state: string };
}

/**
 * Returns the URL where the user signs out at the provider (REV-5; OpenID Connect RP-Initiated Logout 1.0 §2). Preserves the
 * endpoint's own query and never repeats a parameter. Sends no `id_token_hint`: tokens do not belong in URLs.
 * @returns undefined if the server has no such endpoint or the stored endpoint is not a safe URL
 */
export function endSessionUrl(
  { end_session_endpoint: endpoint }: Pick<ServerMetadata, 'end_session_endpoint'>,
  { clientId, postLogoutRedirect }: EndSessionRequest,
  allowLoopbackHttp: boolean,
): string | undefined {
  const url = parseSafeUrl(endpoint, allowLoopbackHttp);
  if (!url) return undefined;
  url.searchParams.set('client_id', clientId);
  if (postLogoutRedirect) {
    url.searchParams.set('post_logout_redirect_uri', postLogoutRedirect.uri);
    url.searchParams.set('state', postLogoutRedirect.state);
  }
  return url.href;
}
