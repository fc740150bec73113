import type { ExchangeStep } from './step.ts';

/** Why a protocol step did not give what it should. */
export type OAuthErrorCode =
  /** No answer that script may read: offline, or the server does not allow browser apps (CORS). Fetch hides which. */
  | 'unreachable'
  /** The server is part of this browser and is not at work in this window. */
  | 'not-running'
  | 'timed-out'
  | 'cancelled'
  /** The document or endpoint answered 404 or another plain refusal. */
  | 'not-found'
  /** HTML, no JSON, a wrong type in a member that we use, a wrong status. */
  | 'malformed-response'
  | 'response-too-large'
  | 'server-fault'
  /** 429: too many requests for now. */
  | 'rate-limited'
  /** A JSON error of RFC 6749 §5.2 or RFC 7591 §3.2.2; its name is in `serverError`. */
  | 'server-error'
  | 'resource-mismatch'
  | 'issuer-mismatch'
  | 'no-authorization-server'
  /** The resource names servers, and not the one that is expected; they are in `change` (DISC-5). */
  | 'server-changed'
  | 'unsafe-url'
  | 'pkce-unsupported'
  | 'registration-unsupported'
  /** The server registered something else than we asked for (REG-6). */
  | 'registration-altered'
  | 'unknown-token-type'
  | 'id-token-invalid';

/** A resource that has come to name other authorization servers: issuers, as they are written. */
export interface ServerChange {
  from: string;
  to: readonly string[];
}

export interface OAuthErrorDetails {
  /** The request that it happened at. */
  step?: ExchangeStep;
  /** The address asked, without query: never a place where a secret could stand. */
  url?: string;
  status?: number;
  /** `error` of the server's JSON answer, capped. */
  serverError?: string;
  /** `error_description`, capped plain text: a claim of the server, to be shown as such. */
  serverDescription?: string;
  change?: ServerChange;
  cause?: unknown;
}

/** A fault in a protocol exchange. The message carries no token, code or verifier. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthErrorCode;
  readonly details: Omit<OAuthErrorDetails, 'cause'>;

  constructor(code: OAuthErrorCode, message: string, { cause, ...details }: OAuthErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }

  /** The same error, with the step it happened at unless it has one. */
  in(step: ExchangeStep): OAuthError {
    const { message, cause, details } = this;
    return details.step === undefined ? new OAuthError(this.code, message, { ...details, cause, step }) : this;
  }
}
