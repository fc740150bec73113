import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';

/** A new code verifier: 32 octets from WebCrypto, base64url, 43 characters (AUTH-2; RFC 7636 §4.1). */
export function createCodeVerifier(): string {
  return generateRandomCodeVerifier();
}

/** The S256 code challenge of a verifier (RFC 7636 §4.2). There is no `plain` here to fall back to. */
export function codeChallengeOf(codeVerifier: string): Promise<string> {
  return calculatePKCECodeChallenge(codeVerifier);
}

/** A one-time random value for `state` or `nonce`: 32 octets, base64url, nothing embedded (AUTH-3). */
export function generateRandomValue(): string {
  return generateRandomCodeVerifier();
}
