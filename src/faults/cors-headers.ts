import type { SignInFailure } from '#connections/sign-in-failure.ts';

type Step = NonNullable<SignInFailure['step']>;

/** What a server must send so that a page of another origin may read its answer (Fetch, "CORS protocol"). */
export interface CorsHeaders {
  /** Header lines, in full. */
  headers: readonly string[];
  /** The browser asks for leave before the request: the answer to OPTIONS needs the headers too. */
  hasPreflight: boolean;
  /** Header lines beside them where the request has a proof of this browser's key (RFC 9449), which is asked leave for as well. */
  whereBound: readonly string[];
}

/**
 * The headers that a step's answer needs. A GET for JSON and a POST of a form go out without a preflight; a JSON body or
 * an `Authorization` header has one.
 * @param origin of the page that asks
 */
export function corsHeadersFor(step: Step, origin: string): CorsHeaders {
  const more = BEYOND_THE_ORIGIN[step] ?? [];
  return {
    headers: [`Access-Control-Allow-Origin: ${origin}`, ...more],
    hasPreflight: more.some((line) => line.startsWith('Access-Control-Allow-Headers')),
    whereBound: PROVEN.has(step)
      ? ['Access-Control-Allow-Headers: DPoP', 'Access-Control-Expose-Headers: DPoP-Nonce']
      : [],
  };
}

const PROVEN: ReadonlySet<Step> = new Set(['pushed-request', 'token-exchange', 'userinfo', 'refresh', 'revocation']);

const BEYOND_THE_ORIGIN: Partial<Record<Step, readonly string[]>> = {
  'unauthorized-call': ['Access-Control-Expose-Headers: WWW-Authenticate'],
  registration: ['Access-Control-Allow-Methods: POST', 'Access-Control-Allow-Headers: Content-Type'],
  userinfo: ['Access-Control-Allow-Headers: Authorization'],
};
