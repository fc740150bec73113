/** The resource server's part of DPoP (RFC 9449 §4.3, §7): checks whether a request proves the key that its token is bound to. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';

export interface ProofCheckOptions {
  origin: string;
  /** Whether a proof needs a nonce, and every response brings a new one; otherwise it may be five minutes old. */
  wantsNonces: boolean;
  now?: () => number;
}

/** What is wrong with the proof of a request. */
export type ProofFault = 'invalid_dpop_proof' | 'use_dpop_nonce' | 'invalid_token';

export interface ProofCheck {
  /** The nonce for the next request; undefined if none is needed. */
  nextNonce(): string | undefined;
  /** @param boundTo the thumbprint of the key that the token is bound to */
  faultOf(request: IncomingMessage, token: string, boundTo: string): Promise<ProofFault | undefined>;
}

const WINDOW_S = 300;
/** Simultaneous requests cannot all have the latest nonce. */
const ACCEPTED_NONCES = 4;

/** Checks as strictly as the specification; a `jti` is valid for one request. */
export function createProofCheck({ origin, wantsNonces, now = Date.now }: ProofCheckOptions): ProofCheck {
  const seen = new Set<string>();
  const nonces: string[] = [];
  return {
    nextNonce() {
      if (!wantsNonces) return undefined;
      const nonce = randomBytes(12).toString('base64url');
      nonces.unshift(nonce);
      nonces.length = Math.min(nonces.length, ACCEPTED_NONCES);
      return nonce;
    },
    async faultOf(request, token, boundTo) {
      const { dpop } = request.headers;
      const proof = await verified(typeof dpop === 'string' ? dpop : '');
      if (!proof) return 'invalid_dpop_proof';
      const { pathname } = new URL(request.url ?? '/', origin);
      const { payload } = proof;
      const holds =
        payload.htm === request.method &&
        payload.htu === origin + pathname &&
        payload.ath === createHash('sha256').update(token).digest('base64url') &&
        typeof payload.jti === 'string' &&
        payload.jti.length >= 16 &&
        !seen.has(payload.jti);
      if (!holds) return 'invalid_dpop_proof';
      seen.add(String(payload.jti));
      if (wantsNonces && !nonces.includes(String(payload.nonce))) return 'use_dpop_nonce';
      if (!wantsNonces && Math.abs(now() / 1000 - Number(payload.iat)) > WINDOW_S) return 'invalid_dpop_proof';
      return proof.thumbprint === boundTo ? undefined : 'invalid_token';
    },
  };
}

async function verified(proof: string) {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      // The check verifies the times itself, because a wrong clock is a fault of its own.
      currentDate: new Date(0),
    });
    return { payload, thumbprint: await calculateJwkThumbprint(protectedHeader.jwk ?? {}) };
  } catch {
    return undefined;
  }
}
