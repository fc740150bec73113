/**
 * The `Authorization` of a call. A bound token is never sent as one that anyone could use (DPOP-5; RFC 6750 §2.1, RFC 9449
 * §7.1).
 */
export function authorizationHeader(accessToken: string, isDpopBound = false): string {
  return `${isDpopBound ? 'DPoP' : 'Bearer'} ${accessToken}`;
}
