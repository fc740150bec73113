import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

export type ApiErrorCode =
  /** The grant has ended; the user must sign in again. */
  | 'needs-sign-in'
  /** The grant does not cover the call; `missingScope` lists the scopes it needs (RFC 6750 §3.1). */
  | 'insufficient-scope'
  /** The call requires the user to sign in again, or in another way; `demand` has the requirements (RFC 9470 §3). */
  | 'needs-authentication'
  /** Rejected for a reason that more permission does not resolve. */
  | 'forbidden'
  /** 4xx: the request itself was rejected. */
  | 'refused'
  /** The service requires a nonce in the DPoP proof but does not let scripts read it (DPOP-7). */
  | 'nonce-unreadable'
  /** The DPoP proof was rejected: a clock is wrong, or the request arrived twice with the same proof. */
  | 'invalid-dpop-proof'
  /** The service asks for a nonce and rejects its own, or sends one that is not valid. */
  | 'nonce-rejected'
  | 'rate-limited'
  | 'http-5xx'
  /** Offline, or the API does not allow browser apps (CORS): fetch does not say which (API-9). */
  | 'unreachable'
  | 'timed-out'
  | 'cancelled'
  | 'malformed-response'
  /** The URL is not below the connection's own resource (API-2). Nothing was sent. */
  | 'outside-connection'
  | 'no-connection';

/** A failed API call. `detail` is the server's own message, as length-limited plain text. */
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
