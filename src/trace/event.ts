/** What a flow is about. A flow is one errand of a person or of the app: everything on the wire belongs to one. */
export type FlowKind = 'connect' | 'refresh' | 'call' | 'disconnect';

/** What every event says: which flow it belongs to, and for which connection, given by the code that acts and never guessed. */
export interface TraceTag {
  flow: string;
  kind: FlowKind;
  /** The service's name, as shown. */
  service: string;
  connection?: string;
}

/** Name and value pairs as they stand on the wire, secrets already masked. */
export type Fields = readonly (readonly [name: string, value: string])[];

export type TraceStep =
  /** Recorded before the request is sent. */
  | { type: 'request'; step: string; method: string; url: string; headers: Fields; body?: string }
  | { type: 'response'; step: string; request: number; status: number; headers: Fields; body?: string; ms: number }
  | { type: 'request-failed'; step: string; request: number; reason: string; ms: number }
  /** The page leaves for the authorization endpoint. */
  | { type: 'redirect-out'; url: string; parameters: Fields }
  /** The page came back with an authorization response. */
  | { type: 'redirect-back'; url: string; parameters: Fields }
  | { type: 'check'; rule: string; outcome: 'passed' | 'failed'; expected?: string; actual?: string }
  /** The answer to the last refresh was lost: it is asked for once more with the same token, which the server may have replaced. */
  | { type: 'retry-declared' }
  /** Another tab had refreshed: its token is used, and no request is sent. */
  | { type: 'token-adopted' };

/** One step of one flow. `id` grows by one within a tab, `at` is in milliseconds since 1970. */
export type TraceEvent = TraceTag & TraceStep & { id: number; at: number };
