import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

export type ApiErrorCode =
  /** Only the person can go on: the grant is over. */
  | 'needs-sign-in'
  /** The grant does not cover the call; `missingScope` says what would (RFC 6750 §3.1). */
  | 'insufficient-scope'
  /** The person has to sign in anew, or in another way, for this call; `demand` says how (RFC 9470 §3). */
  | 'needs-authentication'
  /** Refused for a reason that more permission does not mend. */
  | 'forbidden'
  /** 4xx: the request itself was not accepted. */
  | 'refused'
  /** The service wants a nonce in the proof of the key, and lets no script read it (DPOP-7). */
  | 'nonce-unreadable'
  /** The proof of the key was not accepted; often a clock is wrong. */
  | 'proof-refused'
  | 'rate-limited'
  | 'server-fault'
  /** Offline, or the API does not allow browser apps (CORS): fetch does not tell which (API-9). */
  | 'unreachable'
  | 'timed-out'
  | 'cancelled'
  | 'malformed-response'
  /** The address is not below the connection's own resource (API-2). Nothing was sent. */
  | 'outside-connection'
  | 'no-connection';

/** An API call failed. `detail` is the server's own sentence, capped plain text. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly missingScope: readonly string[];
  readonly demand: StepUpChallenge | undefined;

  constructor(
    code: ApiErrorCode,
    message: string,
    options: {
      cause?: unknown;
      status?: number;
      detail?: string;
      missingScope?: readonly string[];
      demand?: StepUpChallenge;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.detail = options.detail;
    this.missingScope = options.missingScope ?? [];
    this.demand = options.demand;
  }
}
