import { OAuthError, type OAuthErrorCode, type OAuthErrorDetails } from './errors.ts';
import type { ProtocolStep } from './protocol-step.ts';
import { withoutQuery } from './safe-url.ts';

/** The rules that a response is validated against before it is used, named by what they assert. */
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
  | 'id-token-times-hold'
  | 'id-token-signature-holds'
  | 'id-token-came-over-tls'
  | 'access-token-hash-holds'
  | 'userinfo-subject-matches'
  | 'same-person';

/** The result of one rule for one response. `expected` and `actual` never contain a secret. */
export interface Check {
  rule: CheckRule;
  outcome: 'passed' | 'failed';
  expected?: string;
  actual?: string;
}

/** The platform's fetch, or a wrapper around it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A fetch that is given the reason for a retry. */
export type RetryAwareFetch = (
  input: string | URL | Request,
  init?: RequestInit,
  because?: 'new-nonce' | 'clock-corrected',
) => Promise<Response>;

/**
 * What a protocol function needs from its caller: network access, a listener for checks, and the exemption for loopback hosts.
 */
export interface FlowContext {
  /** Returns the fetch to use for a step. The provider bounds it in time and size, and records it. */
  readonly fetchFor: (step: ProtocolStep) => Fetch;
  readonly onCheck: (check: Check) => void;
  /** DISC-9: plain http to a loopback server is allowed only while the page itself is on one. */
  readonly allowLoopbackHttp: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reports the outcome of `rule` and throws if it does not hold.
 * @throws OAuthError with `code`, naming the rule
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
 * Runs `task` as part of a step, and adds the step, and the URL if given, to an OAuthError it throws.
 * @throws what `task` throws
 */
export async function withStep<T>(step: ProtocolStep, task: () => Promise<T>, url?: string): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof OAuthError ? error.in(step, url && withoutQuery(url)) : error;
  }
}
