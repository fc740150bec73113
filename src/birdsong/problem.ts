import type { Urls } from './urls.ts';

/** The API's problem types, each with its short title and HTTP status. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'Malformed request' },
  'insufficient-scope': { status: 403, title: 'The access token doesn’t allow this' },
  'not-your-post': { status: 403, title: 'This post was made by another app or by the user' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The API accepts only JSON' },
  'invalid-post': { status: 422, title: 'Invalid post' },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key belongs to another request' },
  'internal-server-error': { status: 500, title: 'Birdsong had an error' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

/** The validation error of one field. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Creates problem responses (RFC 9457) for one Birdsong. */
export type ProblemMaker = (kind: ProblemKind, detail: string, options?: ProblemOptions) => Response;

/**
 * Returns a function that creates `application/problem+json` responses, whose `type` links to its entry on the home page.
 *
 * @param urls for the home page, which lists the problem types
 */
export function createProblemMaker(urls: Urls): ProblemMaker {
  return (kind, detail, { errors, headers } = {}) => {
    const { status, title } = PROBLEMS[kind];
    const body = {
      type: `${urls.home}#${kind}`,
      title,
      status,
      detail,
      ...(errors === undefined ? {} : { errors }),
    };
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
    });
  };
}
