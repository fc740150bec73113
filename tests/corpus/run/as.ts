/** The authorization server to which the documents of most kinds belong, and its keys. */
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';

import { unsignedJwt } from '#tests/support/jwt.ts';

const ISSUER = 'https://as.example';
export const CLIENT_ID = 'planner';
export const NONCE = 'nonce-1';

export const SERVER = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  revocation_endpoint: `${ISSUER}/revoke`,
  registration_endpoint: `${ISSUER}/register`,
  pushed_authorization_request_endpoint: `${ISSUER}/par`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  jwks_uri: `${ISSUER}/jwks`,
};

/** An id_token as the corpus writes it: claims and header, to be signed with a throw-away key. */
export interface WrittenIdToken {
  /** Without `alg` it is RS256. */
  header?: { alg?: string; kid?: string; typ?: string };
  claims: Record<string, unknown>;
  /** The time claims, in seconds from now; `iat` is now and `exp` in five minutes if they are missing. Null leaves one out. */
  times?: Record<string, number | null>;
  /** The claims that are null. */
  nulls?: readonly string[];
}

const keys = new Map<string, ReturnType<typeof generateKeyPair>>();

/** Returns the server's key for an algorithm: one for each, for all tests. */
function keyFor(algorithm: string): ReturnType<typeof generateKeyPair> {
  const key = keys.get(algorithm) ?? generateKeyPair(algorithm, { extractable: true });
  keys.set(algorithm, key);
  return key;
}

/** Returns the server's public key, with the members that the server adds. */
export async function publicKey(algorithm: string, members: JWK = {}): Promise<JWK> {
  return { ...(await exportJWK((await keyFor(algorithm)).publicKey)), ...members };
}

/** Signs an id_token. Claims that are missing are those of a usual one for this app; null leaves one out. */
export async function signIdToken({ header, claims, times = {}, nulls = [] }: WrittenIdToken): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const moments = Object.entries({ iat: 0, exp: 300, ...times }).map(([name, seconds]) => [
    name,
    seconds === null ? null : now + seconds,
  ]);
  const all = { iss: ISSUER, aud: CLIENT_ID, sub: 'ada', ...Object.fromEntries(moments), ...claims };
  const said = Object.entries(all).filter(([, value]) => value !== null);
  const payload = {
    ...Object.fromEntries(said),
    ...Object.fromEntries(nulls.map((name) => [name, null])),
  } as JWTPayload;
  const { alg = 'RS256', ...others } = header ?? {};
  if (alg === 'none') return unsignedJwt({ alg }, payload, '');
  const key = alg.startsWith('HS') ? new TextEncoder().encode('a-secret-that-a-public-client-lacks') : undefined;
  const jwt = new SignJWT(payload).setProtectedHeader({ alg, ...others });
  return jwt.sign(key ?? (await keyFor(alg)).privateKey);
}
