import { parseSafeUrl } from './safe-url.ts';
import type { ServerMetadata } from './server-metadata.ts';

export interface EndSessionRequest {
  clientId: string;
  /** Where the server leads back to, and what it gives back there; only for an address that is registered (§3.1). */
  postLogoutRedirect?: { uri: string; state: string };
}

/**
 * The address where a person signs out at the provider (REV-5; OpenID Connect RP-Initiated Logout 1.0 §2). The endpoint's own
 * query is kept and no parameter stands twice. No `id_token_hint`: a token has no place in an address.
 * @returns undefined where the server has no such endpoint, or what was stored is not a safe address
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
