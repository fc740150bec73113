import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';

/** Generates a code verifier: 32 octets from WebCrypto, base64url, 43 characters (AUTH-2; RFC 7636 §4.1). */
export function createCodeVerifier(): string {
  return generateRandomCodeVerifier();
}

/** Returns the S256 code challenge of a verifier (RFC 7636 §4.2). There is no fallback to `plain`. */
export function codeChallengeOf(codeVerifier: string): Promise<string> {
  return calculatePKCECodeChallenge(codeVerifier);
}

/** Generates a single-use random value for `state` or `nonce`: 32 octets, base64url, with no embedded data (AUTH-3). */
export function generateRandomValue(): string {
  return generateRandomCodeVerifier();
}
