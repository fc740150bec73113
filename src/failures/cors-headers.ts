import type { SignInFailure } from '#connections/failure.ts';

type Step = NonNullable<SignInFailure['step']>;

/** The headers a server must send so that a page of another origin may read its response (Fetch, "CORS protocol"). */
export interface CorsHeaders {
  /** Complete header lines. */
  headers: readonly string[];
  /** True if the browser sends a preflight: the response to OPTIONS then needs the headers too. */
  hasPreflight: boolean;
}

/**
 * Returns the CORS headers that the response of a step needs. A GET for JSON and a POST of a form need no preflight. A JSON
 * body, an `Authorization` header and a DPoP proof do, and servers that have just added DPoP often fail there (DPOP-7, API-9).
 * @param origin the origin of the requesting page
 * @param hadProof whether the request carried a DPoP proof
 */
export function corsHeadersFor(step: Step, origin: string, hadProof = false): CorsHeaders {
  const more = [...(BEYOND_THE_ORIGIN[step] ?? []), ...(hadProof ? FOR_PROOFS : [])];
  return {
    headers: [`Access-Control-Allow-Origin: ${origin}`, ...more],
    hasPreflight: more.some((line) => line.startsWith('Access-Control-Allow-Headers')),
  };
}

const BEYOND_THE_ORIGIN: Partial<Record<Step, readonly string[]>> = {
  'resource-probe': ['Access-Control-Expose-Headers: WWW-Authenticate'],
  registration: ['Access-Control-Allow-Methods: POST', 'Access-Control-Allow-Headers: Content-Type'],
  userinfo: ['Access-Control-Allow-Headers: Authorization'],
};

/** Lines with the same name are combined (RFC 9110 §5.3). */
const FOR_PROOFS = ['Access-Control-Allow-Headers: DPoP', 'Access-Control-Expose-Headers: DPoP-Nonce'];
