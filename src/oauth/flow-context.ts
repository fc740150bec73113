import { OAuthError, type OAuthErrorCode, type OAuthErrorDetails } from './errors.ts';
import type { ProtocolStep } from './protocol-step.ts';
import { withoutQuery } from './safe-url.ts';

/** The rules an answer is held against before it is used, by what they claim. */
export type CheckRule =
  | 'resource-matches'
  | 'issuer-matches'
  | 'endpoints-are-safe'
  | 'pkce-is-supported'
  | 'registration-is-kept'
  | 'server-is-named'
  | 'resource-is-listed'
  | 'no-repeated-parameter'
  | 'response-is-usable'
  | 'state-is-known'
  | 'state-is-fresh'
  | 'state-is-unused'
  | 'response-issuer-matches'
  | 'redirect-uri-matches'
  | 'token-type-is-known'
  | 'token-is-bound'
  | 'id-token-claims-hold'
  | 'id-token-signature-holds'
  | 'access-token-hash-holds'
  | 'userinfo-subject-matches'
  | 'same-person';

/** One rule held against one answer. `expected` and `actual` never carry a secret. */
export interface Check {
  rule: CheckRule;
  outcome: 'passed' | 'failed';
  expected?: string;
  actual?: string;
}

/** The platform's fetch, or one around it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A fetch that is told why it sends something again. */
export type RetryAwareFetch = (
  input: string | URL | Request,
  init?: RequestInit,
  because?: 'new-nonce' | 'clock-corrected',
) => Promise<Response>;

/** What a protocol function needs from outside: the wire, a listener for checks, and what the page's own host excuses. */
export interface FlowContext {
  /** The fetch to use for one step; bounded in time and size, and recorded by whoever provides it. */
  readonly fetchFor: (step: ProtocolStep) => Fetch;
  readonly onCheck: (check: Check) => void;
  /** DISC-9: plain http to a loopback server is excused only while the page itself is on one. */
  readonly allowLoopbackHttp: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Reports that `rule` was applied and throws when it did not hold.
 * @throws OAuthError with `code`, naming the rule, the expected and the actual value.
 */
export function assertRule(
  context: Pick<FlowContext, 'onCheck'>,
  holds: boolean,
  check: Omit<Check, 'outcome'>,
  code: OAuthErrorCode,
  details: OAuthErrorDetails = {},
): void {
  context.onCheck({ ...check, outcome: holds ? 'passed' : 'failed' });
  if (!holds) throw new OAuthError(code, `${check.rule} does not hold`, details);
}

/**
 * Runs what belongs to one step, and names the step, and the address where it is given, in the error it may end with.
 * @throws what `task` throws
 */
export async function withStep<T>(step: ProtocolStep, task: () => Promise<T>, url?: string): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof OAuthError ? error.in(step, url && withoutQuery(url)) : error;
  }
}
