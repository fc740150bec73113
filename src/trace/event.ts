/**
 * What is recorded of an errand: typed events, tagged by the code that acts and never guessed from addresses. Secrets are masked
 * before they come here (mask.ts), so that an event can be kept, shown and exported as it is.
 */

/** What a flow is about. A flow is one errand of a person or of the app: everything on the wire belongs to one. */
export type FlowKind = 'connect' | 'step-up' | 'refresh' | 'call' | 'disconnect' | 'lesson';

/** What every event says: which flow it belongs to, and for which connection, given by the code that acts. */
export interface TraceTag {
  flow: string;
  kind: FlowKind;
  /** The service's name, as shown. */
  service: string;
  connection?: string;
  /** The flow that this one was needed for: the call whose token was refreshed. */
  cause?: string;
}

/** Name and value pairs as they stand on the wire, secrets already masked. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A body, secrets masked; kept apart from its event, and given up before it (recorder.ts). */
export type TraceBody =
  | { kind: 'form'; fields: Fields }
  /** Indented JSON text. */
  | { kind: 'json'; text: string }
  /** Not kept: nothing tells where a secret stands in it, or it was too large. `size` in bytes. */
  | { kind: 'left-out'; size: number; mediaType: string };

/** A token that went over the wire, as far as it can be read without its secret part. */
export type ReadToken =
  | { name: string; form: 'opaque'; masked: string }
  /** Header and claims as JSON objects, the signature left out. Read, not verified. */
  | {
      name: string;
      form: 'jwt';
      masked: string;
      header: Readonly<Record<string, unknown>>;
      claims: Readonly<Record<string, unknown>>;
    };

export type TraceStep =
  /** Recorded before the request is sent. `step`: an ProtocolStep of oauth/protocol-step.ts, or 'api-call'. `attempt` 2: sent again (replay, nonce). */
  | {
      type: 'request';
      step: string;
      method: string;
      url: string;
      headers: Fields;
      bodySize?: number;
      tokens?: readonly ReadToken[];
      because?: 'renewed-token' | 'new-nonce' | 'clock-corrected';
    }
  /** `request`: the id of the request's event. `ms`: from the request on. */
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
  /** A verifier was made for this sign-in; its challenge goes out in the open (RFC 7636 §4.2). */
  | { type: 'verifier-made'; challenge: string }
  /** The page leaves for the authorization endpoint, or the end session endpoint. */
  | { type: 'redirect-out'; url: string; parameters: Fields }
  /** The page came back with a response. */
  | { type: 'redirect-back'; url: string; parameters: Fields }
  | { type: 'check'; rule: string; outcome: 'passed' | 'failed'; expected?: string; actual?: string }
  /** A Web Lock that keeps tabs apart was waited for. */
  | { type: 'lock-waited'; lock: string; ms: number }
  /** Something was written; `names` are those of its fields, never values. */
  | { type: 'stored'; where: 'IndexedDB' | 'sessionStorage'; what: string; names: readonly string[] }
  /** Something that was kept is gone from there. */
  | { type: 'removed'; where: 'IndexedDB' | 'sessionStorage'; what: string }
  /** A server's description was kept from an earlier sign-in, and is not asked for again. */
  | { type: 'description-reused'; step: string; url: string }
  /** The answer to the last refresh was lost: it is asked for once more with the same token, which the server may have replaced. */
  | { type: 'retry-declared' }
  /** Another tab, or the worker for it, had refreshed: its token is used, and no request is sent. */
  | { type: 'token-adopted' }
  /** Somebody meddled on purpose (a lesson): what was changed. */
  | { type: 'tampered'; what: string; from: string; to: string };

/** One step of one flow. `id` grows by one within a tab, `at` is in milliseconds since 1970, `by` is who acted. */
export type TraceEvent = TraceTag & TraceStep & { id: number; at: number; by: 'page' | 'worker' };

/** What was recorded, to be looked at. A body is given up before its event. */
export interface Trace {
  events: readonly TraceEvent[];
  bodyOf(id: number): TraceBody | undefined;
}
