import type { SignInFailure } from '#connections/failure.ts';

type Step = NonNullable<SignInFailure['step']>;

/** What a server must send so that a page of another origin may read its answer (Fetch, "CORS protocol"). */
export interface CorsHeaders {
  /** Header lines, in full. */
  headers: readonly string[];
  /** The browser asks for leave before the request: the answer to OPTIONS needs the headers too. */
  hasPreflight: boolean;
}

/**
 * The headers that a step's answer needs. A GET for JSON and a POST of a form go out without a preflight; a JSON body or
 * an `Authorization` header has one, and so has whatever proves a key: that is where a server that has just learned to bind
 * tokens is likely to fail (DPOP-7, API-9).
 * @param origin of the page that asks
 * @param hadProof whether the request proved a key
 */
export function corsHeadersFor(step: Step, origin: string, hadProof = false): CorsHeaders {
  const more = [...(BEYOND_THE_ORIGIN[step] ?? []), ...(hadProof ? FOR_PROOFS : [])];
  return {
    headers: [`Access-Control-Allow-Origin: ${origin}`, ...more],
    hasPreflight: more.some((line) => line.startsWith('Access-Control-Allow-Headers')),
  };
}

const BEYOND_THE_ORIGIN: Partial<Record<Step, readonly string[]>> = {
  'unauthorized-call': ['Access-Control-Expose-Headers: WWW-Authenticate'],
  registration: ['Access-Control-Allow-Methods: POST', 'Access-Control-Allow-Headers: Content-Type'],
  userinfo: ['Access-Control-Allow-Headers: Authorization'],
};

/** Lines of one name add up (RFC 9110 §5.3). */
const FOR_PROOFS = ['Access-Control-Allow-Headers: DPoP', 'Access-Control-Expose-Headers: DPoP-Nonce'];
