import { encodeHex } from '#lib/encoding.ts';
import { sha2 } from '#lib/sha2.ts';

/**
 * Returns the redirect URI to use with a server: `callback` if its responses name their issuer (`iss`, RFC 9207), else
 * one per issuer, so that a response can't be mistaken for another server's (CB-6; RFC 9700 §4.4.2.2).
 * @param appUrl the folder the app is served from, with a trailing slash
 */
export async function redirectUriFor(
  appUrl: string,
  server: { issuer: string; authorization_response_iss_parameter_supported?: boolean },
): Promise<string> {
  const shared = sharedRedirectUri(appUrl);
  if (server.authorization_response_iss_parameter_supported) return shared;
  return `${shared}/${await issuerId(server.issuer)}`;
}

/** Returns the redirect URI shared by all servers whose responses name their issuer. */
export function sharedRedirectUri(appUrl: string): string {
  return new URL('callback', appUrl).href;
}

/** Returns the post-logout redirect URI (REV-5). */
export function signOutReturnUri(appUrl: string): string {
  return new URL('signed-out', appUrl).href;
}

/** Returns a short id for an issuer: the first 16 hexadecimal digits of its SHA-256. */
async function issuerId(issuer: string): Promise<string> {
  return encodeHex((await sha2(issuer)).slice(0, 8));
}
