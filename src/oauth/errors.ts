import type { ProtocolStep } from './protocol-step.ts';

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
  /** A token that anyone could use came where one bound to our key is required (DPOP-4). */
  | 'binding-refused'
  /** Bound tokens are required, and this browser can't keep a key, or the server wants another kind (DPOP-1, DPOP-9). */
  | 'binding-impossible'
  /** The key that a grant is bound to is not in this browser any more. */
  | 'key-missing'
  /** The server wants a nonce in the proof, and lets no script read it (DPOP-7). */
  | 'nonce-unreadable'
  /** The proof of the key was not accepted, after what could be mended. */
  | 'proof-refused'
  | 'id-token-invalid';

/** A resource that has come to name other authorization servers: issuers, as they are written. */
export interface ServerChange {
  from: string;
  to: readonly string[];
}

export interface OAuthErrorDetails {
  /** The request that it happened at. */
  step?: ProtocolStep;
  /** The address asked, without query: never a place where a secret could stand. */
  url?: string;
  status?: number;
  /** How many seconds the server asks to be left in peace, an hour at most (RFC 9110 §10.2.3). */
  retryAfter?: number;
  /** `error` of the server's JSON answer, capped. */
  serverError?: string;
  /** `error_description`, capped plain text: a claim of the server, to be shown as such. */
  serverDescription?: string;
  change?: ServerChange;
  /** The request had a proof of a key: to a browser it needs the server's leave beforehand (CORS). */
  hadProof?: true;
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

  /** The same error, with the request it happened at as far as it names none. `url` is without query. */
  in(step: ProtocolStep, url?: string): OAuthError {
    const { message, cause, details } = this;
    if (details.step !== undefined && (details.url !== undefined || url === undefined)) return this;
    return new OAuthError(this.code, message, { step, ...(url !== undefined && { url }), ...details, cause });
  }
}
