/**
 * Typed trace events, tagged by the code that makes the request and never inferred from URLs. Secrets are masked before they
 * get here (mask.ts), so an event can be stored, shown and exported as it is.
 */

/** The kind of a flow. A flow is one task of the user or the app; every request belongs to exactly one. */
export type FlowKind = 'connect' | 'step-up' | 'refresh' | 'call' | 'disconnect' | 'attack-demo';

/** The tag of every event: its flow and connection, set by the code that makes the request. */
export interface TraceTag {
  flow: string;
  kind: FlowKind;
  /** The service's display name. */
  service: string;
  connection?: string;
  /** The flow that triggered this one, such as the call whose token was refreshed. */
  cause?: string;
}

/** Name and value pairs as sent or received, with secrets already masked. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A body with its secrets masked; stored separately from its event, and dropped earlier (recorder.ts). */
export type TraceBody =
  | { kind: 'form'; fields: Fields }
  /** Indented JSON text. */
  | { kind: 'json'; text: string }
  /** Not recorded: the secrets in it cannot be located, or it was too large. `size` is in bytes. */
  | { kind: 'omitted'; size: number; mediaType: string };

/** A token that was sent or received, as far as it can be read without its secret part. */
export type ReadToken =
  | { name: string; form: 'opaque'; masked: string }
  /** Header and claims as JSON objects, without the signature. Decoded, not verified. */
  | {
      name: string;
      form: 'jwt';
      masked: string;
      header: Readonly<Record<string, unknown>>;
      claims: Readonly<Record<string, unknown>>;
    };

export type TraceStep =
  /**
   * Recorded before the request is sent. `step` is a ProtocolStep of oauth/protocol-step.ts or 'api-call'; `because` is set on
   * a retry.
   */
  | {
      type: 'request';
      step: string;
      method: string;
      url: string;
      headers: Fields;
      bodySize?: number;
      tokens?: readonly ReadToken[];
      because?: 'token-refreshed' | 'new-nonce' | 'clock-corrected';
    }
  /** `request` is the id of the request event; `ms` is the time since the request. */
  | {
      type: 'response';
      step: string;
      request: number;
      status: number;
      headers: Fields;
      bodySize?: number;
      tokens?: readonly ReadToken[];
      ms: number;
    }
  | { type: 'request-failed'; step: string; request: number; reason: string; ms: number }
  /** A code verifier was created for this sign-in; its challenge is sent in the open (RFC 7636 §4.2). */
  | { type: 'verifier-created'; challenge: string }
  /** The page leaves for the authorization endpoint or the end session endpoint. */
  | { type: 'redirect-out'; url: string; parameters: Fields }
  /** The page came back with a response. */
  | { type: 'redirect-back'; url: string; parameters: Fields }
  | { type: 'check'; rule: string; outcome: 'passed' | 'failed'; expected?: string; actual?: string }
  /** Waited for a Web Lock that coordinates tabs. */
  | { type: 'lock-waited'; lock: string; ms: number }
  /** Something was stored; `names` lists its fields, never values. */
  | { type: 'stored'; where: 'IndexedDB' | 'sessionStorage'; what: string; names: readonly string[] }
  /** A stored item was removed. */
  | { type: 'removed'; where: 'IndexedDB' | 'sessionStorage'; what: string }
  /** A server's metadata was cached by an earlier sign-in and is not fetched again. */
  | { type: 'metadata-cache-hit'; step: string; url: string }
  /**
   * The response to the last refresh was lost. The refresh is retried with the same token, which the server may have rotated
   * already.
   */
  | { type: 'retry-declared' }
  /** Another tab, or the worker for it, has refreshed: its token is used, and no request is sent. */
  | { type: 'token-adopted' }
  /** The user tampered with a value on purpose (an attack demo): what was changed. */
  | { type: 'tampered'; what: string; from: string; to: string };

/** A step of a flow. `id` increases within a tab, `at` is in milliseconds since 1970, and `by` tells where it happened. */
export type TraceEvent = TraceTag & TraceStep & { id: number; at: number; by: 'page' | 'worker' };

/** A recorded trace to view. A body is dropped before its event. */
export interface Trace {
  events: readonly TraceEvent[];
  bodyOf(id: number): TraceBody | undefined;
}
