import { omitUndefined } from '#lib/omit-undefined.ts';

import { parseChallenges } from './challenge.ts';
import { createProof } from './dpop-proof.ts';
import { OAuthError } from './errors.ts';
import type { Fetch, RetryAwareFetch } from './flow-context.ts';
import { hasJsonType, parseJsonObject } from './json-document.ts';
import { withoutQuery } from './safe-url.ts';

/** The role of a server. Each role rejects the nonces of the other, even if both share an origin (DPOP-6; RFC 9449 §9). */
export type ServerRole = 'authorization' | 'resource';

/** The state that proofs are created from. */
export interface DpopContext {
  key: CryptoKeyPair;
  role: ServerRole;
  /** The time of this device, in milliseconds since 1970. */
  now: () => number;
  /** The latest nonce of each server, by role and origin. */
  nonces: { get(server: string): string | undefined; set(server: string, nonce: string): void };
  /** How far each server's clock is ahead of ours, in milliseconds, once a rejected proof has revealed it. */
  clockOffsets: Map<string, number>;
  /** The clock offset derived from the `iat` of something the server issued, used if its `Date` header cannot be read. */
  issuedOffset?: number;
}

type DpopRetry = 'nonce' | 'clock';

/** A valid nonce (RFC 9449 §8.1), limited to more characters than any server needs. Other values are ignored. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/;
/** The clock skew that servers tolerate anyway, in milliseconds. */
const TOLERATED_SKEW_MS = 5_000;
/** A larger offset is ignored: proofs dated other days would be useful to an attacker who collects them (RFC 9449 §11.2). */
const MAX_TRUSTED_SKEW_MS = 24 * 60 * 60 * 1000;

/**
 * Wraps a fetch so that each request proves possession of the key (RFC 9449 §4, §5, §7). For a token of the DPoP scheme the
 * proof contains the token's hash (DPOP-4). Every attempt gets its own proof. A request is retried once if the server requires
 * a nonce (DPOP-6) and once if its clock differs from ours (DPOP-9), so bodies must be reusable.
 * @throws OAuthError `nonce-unreadable` (DPOP-7) | `invalid-dpop-proof` | any error of `fetch`
 */
export function dpopFetch(fetch: RetryAwareFetch, prover: DpopContext): Fetch {
  return async (input, init) => {
    const request = new Request(input, omitUndefined({ method: init?.method, headers: init?.headers }));
    const server = `${prover.role} ${new URL(request.url).origin}`;
    const tried = new Set<DpopRetry>();
    let because: 'new-nonce' | 'clock-corrected' | undefined;
    for (;;) {
      const sentNonce = prover.nonces.get(server);
      const headers = await withDpopProof(prover, server, request);
      const response = await fetch(input, { ...init, headers }, because).catch((error: unknown) => {
        throw error instanceof OAuthError ? withProof(error) : error;
      });
      const nonce = response.headers.get('dpop-nonce');
      const isOne = nonce !== null && NONCE.test(nonce);
      if (isOne) prover.nonces.set(server, nonce);
      const isNew = isOne && nonce !== sentNonce;
      const rejection = await proofRejection(response, isNew && !tried.has('nonce'));
      if (rejection === undefined) return response;
      const details = { url: withoutQuery(request.url), status: response.status, serverError: rejection };
      if (rejection === 'use_dpop_nonce' && nonce === null) {
        throw new OAuthError('nonce-unreadable', 'the server wants a nonce that this page may not read', details);
      }
      const remedy = rejection === 'use_dpop_nonce' ? 'nonce' : 'clock';
      const isOfUse = remedy === 'nonce' ? isOne : isClockCorrected(prover, server, response);
      if (tried.has(remedy) || !isOfUse) {
        throw new OAuthError('invalid-dpop-proof', 'the server does not accept the proof of the key', details);
      }
      tried.add(remedy);
      because = remedy === 'nonce' ? 'new-nonce' : 'clock-corrected';
    }
  };
}

function withProof({ code, message, cause, details }: OAuthError): OAuthError {
  return new OAuthError(code, message, { ...details, hadProof: true, cause });
}

async function withDpopProof(prover: DpopContext, server: string, { url, method, headers }: Request): Promise<Headers> {
  const accessToken = /^DPoP (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  const nonce = prover.nonces.get(server);
  const proof = await createProof(prover.key, {
    method,
    url,
    issuedAt: Math.floor((prover.now() + (prover.clockOffsets.get(server) ?? 0)) / 1000),
    nonce,
    accessToken,
  });
  const proven = new Headers(headers);
  proven.set('dpop', proof);
  return proven;
}

/**
 * Returns the reason if the response rejects the proof: from the JSON of an authorization server or the challenge of a resource
 * server.
 * @param mayBeNonce whether a 401 without a readable reason may mean that a nonce is required, because the response has a new
 *   one
 */
async function proofRejection(
  response: Response,
  mayBeNonce: boolean,
): Promise<'use_dpop_nonce' | 'invalid_dpop_proof' | undefined> {
  if (response.status !== 400 && response.status !== 401) return undefined;
  const header = response.headers.get('www-authenticate');
  const challenged = parseChallenges(header).find(({ scheme, parameters }) => scheme === 'dpop' && parameters.error);
  const named =
    challenged?.parameters.error ??
    (hasJsonType(response) ? (await parseJsonObject(response.clone()))?.error : undefined);
  if (named === 'use_dpop_nonce' || named === 'invalid_dpop_proof') return named;
  return response.status === 401 && header === null && named === undefined && mayBeNonce ? 'use_dpop_nonce' : undefined;
}

/**
 * Adopts the server's clock if its `Date`, or what it issued, shows that ours differs (DPOP-9). Returns true if the offset
 * changed.
 */
function isClockCorrected(
  { now, clockOffsets, issuedOffset }: DpopContext,
  server: string,
  response: Response,
): boolean {
  const date = Date.parse(response.headers.get('date') ?? '');
  const offset = Number.isNaN(date) ? issuedOffset : date - now();
  if (offset === undefined || Math.abs(offset) > MAX_TRUSTED_SKEW_MS) return false;
  if (Math.abs(offset - (clockOffsets.get(server) ?? 0)) < TOLERATED_SKEW_MS) return false;
  clockOffsets.set(server, offset);
  return true;
}
