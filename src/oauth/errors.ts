import { omitUndefined } from '#lib/omit-undefined.ts';

import type { ProtocolStep } from './protocol-step.ts';

/** The reason a protocol step failed. */
export type OAuthErrorCode =
  /** No response that script may read: offline, or the server does not allow browser apps (CORS). Fetch does not say which. */
  | 'unreachable'
  /** A response that script may not read, because the server does not allow browser apps (CORS). Only a search finds out. */
  | 'unreadable'
  /** The server is part of this browser and is not running in this window. */
  | 'worker-unavailable'
  | 'timed-out'
  | 'cancelled'
  /** The document or endpoint returned 404 or another plain 4xx, or the server does not offer the endpoint. */
  | 'not-found'
  /** A redirect, which is not followed; `location` is its target if script may read it. */
  | 'redirected'
  /** An HTML page where JSON was expected. */
  | 'web-page'
  /** Other non-JSON, a wrong type in a member that the app uses, or an unexpected status. */
  | 'malformed-response'
  | 'response-too-large'
  | 'http-5xx'
  /** 429: too many requests for now. */
  | 'rate-limited'
  /** A JSON error of RFC 6749 §5.2 or RFC 7591 §3.2.2; its name is in `serverError`. */
  | 'oauth-error'
  | 'resource-mismatch'
  | 'issuer-mismatch'
  | 'no-authorization-server'
  /** The resource lists authorization servers but not the expected one; `change` has them (DISC-5). */
  | 'server-changed'
  | 'unsafe-url'
  /** The server's metadata lacks an endpoint that a sign-in needs; `member` names it. */
  | 'endpoint-missing'
  | 'pkce-unsupported'
  | 'registration-unsupported'
  /** The server changed what the app asked to register (REG-6). */
  | 'registration-altered'
  | 'unknown-token-type'
  /** The server issued an unbound token where a DPoP-bound one is required (DPOP-4). */
  | 'not-dpop-bound'
  /**
   * DPoP-bound tokens are required, but this browser cannot store a key or the server supports no algorithm of ours (DPOP-1,
   * DPOP-9).
   */
  | 'dpop-unavailable'
  /** The key that the grant is bound to is no longer in this browser. */
  | 'key-missing'
  /** The server requires a nonce in the proof but does not let scripts read it (DPOP-7). */
  | 'nonce-unreadable'
  /** The server rejected the proof even after the possible retries. */
  | 'invalid-dpop-proof'
  | 'id-token-invalid'
  /** A time in the id_token does not fit the clocks, even with some tolerance. */
  | 'clock-mismatch'
  /** A refresh response is about another user, issuer or client than the sign-in (ID-5). */
  | 'account-mismatch';

/** A change in the authorization servers that a resource lists: issuers, as written. */
export interface ServerChange {
  from: string;
  to: readonly string[];
}

export interface OAuthErrorDetails {
  /** The step that failed. */
  step?: ProtocolStep;
  /** The request URL without its query, which could contain secrets. */
  url?: string;
  status?: number;
  /** The number of seconds the server asks the client to wait, at most an hour (RFC 9110 §10.2.3). */
  retryAfter?: number;
  /** The `error` of the server's JSON response, length-limited. */
  serverError?: string;
  /** The `error_description` as length-limited plain text: a claim of the server, to be presented as such. */
  serverDescription?: string;
  change?: ServerChange;
  /** The member of the metadata that is missing or unsafe. */
  member?: string;
  /** The issuer or resource that metadata names instead of the requested one, if it is a safe URL on the same origin. */
  named?: string | undefined;
  /** The target of a redirect, without its query. */
  location?: string;
  /** The request carried a DPoP proof, which requires a CORS preflight. */
  hadProof?: true;
  cause?: unknown;
}

/** An error in a protocol flow. The message contains no token, code or verifier. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthErrorCode;
  readonly details: Omit<OAuthErrorDetails, 'cause'>;

  constructor(code: OAuthErrorCode, message: string, { cause, ...details }: OAuthErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }

  /** Returns this error with the step and URL filled in where it does not have them. `url` has no query. */
  in(step: ProtocolStep, url?: string): OAuthError {
    const { message, cause, details } = this;
    if (details.step !== undefined && (details.url !== undefined || url === undefined)) return this;
    return new OAuthError(this.code, message, omitUndefined({ step, url, ...details, cause }));
  }
}
