/** The ways in which a server can misbehave, and the ones that many tests use. */

export type Json = Record<string, unknown>;

export type Fault =
  /** Another response than Birdsong's, which does not see the request. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** An endless JSON body, as fast as it is read. */
  | { kind: 'flood' }
  /** A JSON body that arrives one space at a time and never ends. */
  | { kind: 'drip' }
  /** No response at all, not even headers. */
  | { kind: 'silence' }
  /** The connection is closed before Birdsong has seen the request. */
  | { kind: 'hang-up' }
  /** Birdsong processes the request, and the connection is closed before its response is sent. */
  | { kind: 'lost-answer' }
  /** Birdsong processes the request; its response is delayed. */
  | { kind: 'late'; until: Promise<unknown> }
  /** Birdsong's own JSON, changed, with other headers if given. */
  | { kind: 'edited'; edit: (document: Json) => Json | Promise<Json>; headers?: Record<string, string> }
  /** Birdsong's own response with another status, other headers, or reformatted text. */
  | { kind: 'disguised'; status?: number; headers?: Record<string, string>; write?: (text: string) => string }
  /** Birdsong's own response, without the headers that let a page on another origin read it. */
  | { kind: 'unreadable' }
  /** Birdsong revokes refresh tokens; the revocation of an access token gets this response instead. */
  | { kind: 'access-token-refused'; status: number }
  /** The preflight request (OPTIONS) is rejected. */
  | { kind: 'preflight-refused' };

/** A web page instead of JSON. */
export const page = (status: number): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Proxy</title><h1>Something went wrong</h1>',
});

/** Any JSON value as the response. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** A status without a body. */
export const bare = (status: number): Fault => ({ kind: 'answer', status });

/** 401 with this challenge (RFC 9110 §11.6.1). */
export const challenged = (challenge: string): Fault => json(401, {}, { 'www-authenticate': challenge });

/** A redirect that keeps method and body, so that a client that follows it sends everything there. */
export const redirectTo = (location: string): Fault => ({ kind: 'answer', status: 307, headers: { location } });

/** The server's own document with some members set; undefined removes one. */
export const changed = (members: Json): Fault => ({
  kind: 'edited',
  edit: (document) => ({ ...document, ...members }),
});
