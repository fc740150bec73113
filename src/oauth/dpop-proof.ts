import { encodeBase64url } from '#lib/encoding.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { sha2 } from '#lib/sha2.ts';

import { PROOF_ALGORITHM } from './proof-algorithm.ts';
import { withoutQuery } from './safe-url.ts';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** The claims of one proof. */
export interface ProofClaims {
  method: string;
  /** The URL of the request; the proof omits its query. */
  url: string;
  /** Seconds since 1970. */
  issuedAt: number;
  /** The latest nonce of that server. */
  nonce?: string | undefined;
  /** The token that the request carries; the proof contains its hash. */
  accessToken?: string | undefined;
}

/** Generates a key pair. No script, including ours, can export its private key (DPOP-1; RFC 9449 §11.4). */
export function createProofKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KEY, false, ['sign', 'verify']);
}

/** Creates a proof that the sender of a request has the key (DPOP-2; RFC 9449 §4.2). A proof is valid for one request. */
export async function createProof(key: CryptoKeyPair, claims: ProofClaims): Promise<string> {
  const { method, url, issuedAt, nonce, accessToken } = claims;
  const header = { typ: 'dpop+jwt', alg: PROOF_ALGORITHM, jwk: await publicJwk(key) };
  // JSON leaves out what is undefined.
  const payload = {
    jti: encodeBase64url(crypto.getRandomValues(new Uint8Array(16))),
    htm: method.toUpperCase(),
    htu: withoutQuery(url),
    iat: issuedAt,
    nonce,
    ath: accessToken === undefined ? undefined : await hashOf(accessToken),
  };
  const signed = `${encoded(header)}.${encoded(payload)}`;
  const signature = await crypto.subtle.sign(SIGNATURE, key.privateKey, new TextEncoder().encode(signed));
  return `${signed}.${encodeBase64url(new Uint8Array(signature))}`;
}

/** Returns the thumbprint of the public key, which an authorization request sends as `dpop_jkt` (RFC 7638 §3, RFC 9449 §10). */
export async function thumbprintOf(key: CryptoKeyPair): Promise<string> {
  const { crv, kty, x, y } = await publicJwk(key);
  return hashOf(JSON.stringify({ crv, kty, x, y }));
}

async function publicJwk(key: CryptoKeyPair): Promise<Pick<JsonWebKey, 'kty' | 'crv' | 'x' | 'y'>> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey);
  return omitUndefined({ kty, crv, x, y });
}

const encoded = (part: object): string => encodeBase64url(new TextEncoder().encode(JSON.stringify(part)));

async function hashOf(text: string): Promise<string> {
  return encodeBase64url(await sha2(text));
}
