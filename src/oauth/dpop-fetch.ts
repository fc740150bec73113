import { parseChallenges } from './challenge.ts';
import { createProof } from './dpop-proof.ts';
import { OAuthError } from './errors.ts';
import type { Fetch, RetryAwareFetch } from './flow-context.ts';
import { hasJsonType, parseJsonObject } from './json-document.ts';
import { withoutQuery } from './safe-url.ts';

/** A server's part: the nonces of one are refused by the other, also where both are at one origin (DPOP-6; RFC 9449 §9). */
export type ServerRole = 'authorization' | 'resource';

/** What a proof is made from. */
export interface DpopContext {
  key: CryptoKeyPair;
  role: ServerRole;
  /** Milliseconds since 1970, by this device. */
  now: () => number;
  /** The latest nonce of each server, by role and origin. */
  nonces: { get(server: string): string | undefined; set(server: string, nonce: string): void };
  /** How far the clock of each server is ahead of ours, in milliseconds, where a refusal has shown it. */
  clockOffsets: Map<string, number>;
  /** The same by the `iat` of what the server issued: of use where its `Date` can't be read. */
  issuedOffset?: number;
}

type DpopRetry = 'nonce' | 'clock';

/** As many visible ASCII characters as no server needs (RFC 9449 §8.1): anything else is no nonce. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/;
/** A difference that servers bear by themselves, in milliseconds. */
const TOLERATED_SKEW_MS = 5_000;
/** A clock that is off by more is not believed: proofs for other days would be of use to whoever collects them (RFC 9449 §11.2). */
const MAX_TRUSTED_SKEW_MS = 24 * 60 * 60 * 1000;

/**
 * A fetch whose requests prove that this browser has the key (RFC 9449 §4, §5, §7). A token under the scheme DPoP has its hash
 * in the proof (DPOP-4). Every sending has a proof of its own; a request is sent again once where the server wants a nonce
 * (DPOP-6) and once where its clock turns out to be another (DPOP-9). Bodies must be reusable.
 * @throws OAuthError `nonce-unreadable` (DPOP-7) | `proof-refused` | those of `fetch`
 */
export function dpopFetch(fetch: RetryAwareFetch, prover: DpopContext): Fetch {
  return async (input, init) => {
    const request = new Request(input, { method: init?.method, headers: init?.headers });
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
      const refusal = await refusalOf(response, isNew && !tried.has('nonce'));
      if (refusal === undefined) return response;
      const details = { url: withoutQuery(request.url), status: response.status, serverError: refusal };
      if (refusal === 'use_dpop_nonce' && nonce === null) {
        throw new OAuthError('nonce-unreadable', 'the server wants a nonce that this page may not read', details);
      }
      const remedy = refusal === 'use_dpop_nonce' ? 'nonce' : 'clock';
      const isOfUse = remedy === 'nonce' ? isOne : isClockCorrected(prover, server, response);
      if (tried.has(remedy) || !isOfUse) {
        throw new OAuthError('proof-refused', 'the server does not accept the proof of the key', details);
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
    ...(nonce !== undefined && { nonce }),
    ...(accessToken !== undefined && { accessToken }),
  });
  const proven = new Headers(headers);
  proven.set('dpop', proof);
  return proven;
}

/**
 * Whether an answer refuses the proof, and as what: by the JSON of an authorization server or a resource server's challenge.
 * @param mayBeNonce whether a refusal that gives no reason this page may read can be for want of the nonce beside it
 */
async function refusalOf(
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

/** Takes over the server's clock where the refusal, or what the server issued, shows that ours is another (DPOP-9). */
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
