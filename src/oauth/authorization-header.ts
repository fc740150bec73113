/**
 * Returns the `Authorization` header for an access token. A DPoP-bound token is never sent as a bearer token (DPOP-5; RFC 6750
 * §2.1, RFC 9449 §7.1).
 */
export function authorizationHeader(accessToken: string, isDpopBound = false): string {
  return `${isDpopBound ? 'DPoP' : 'Bearer'} ${accessToken}`;
}
