/**
 * The redirect URI to use at a server: `callback` where its responses say who sends them (`iss`, RFC 9207), else one of
 * its own for each issuer, so that a response can't pass for another server's (CB-6; RFC 9700 §4.4.2.2).
 * @param appUrl the folder the app is served from, with its last slash
 */
export async function redirectUriFor(
  appUrl: string,
  server: { issuer: string; authorization_response_iss_parameter_supported?: boolean },
): Promise<string> {
  const shared = sharedRedirectUri(appUrl);
  if (server.authorization_response_iss_parameter_supported) return shared;
  return `${shared}/${await issuerId(server.issuer)}`;
}

/** The redirect URI for all servers that name themselves in their answers. */
export function sharedRedirectUri(appUrl: string): string {
  return new URL('callback', appUrl).href;
}

/** Where a sign-out at a provider leads back to (REV-5); `appUrl` as above. */
export function signOutReturnUri(appUrl: string): string {
  return new URL('signed-out', appUrl).href;
}

/** A short name for an issuer: the first 16 hexadecimal digits of its SHA-256. */
async function issuerId(issuer: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(issuer));
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
