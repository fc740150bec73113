/** How a server misbehaves: one switch for each way, and the ways that many tests use. */

export type Json = Record<string, unknown>;

export type Fault =
  /** Another answer than Birdsong's, which does not see the request. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** A JSON body without end, as fast as it is read. */
  | { kind: 'flood' }
  /** A JSON body that comes one space at a time and never ends. */
  | { kind: 'drip' }
  /** Not even headers. */
  | { kind: 'silence' }
  /** The connection ends before Birdsong has seen the request. */
  | { kind: 'hang-up' }
  /** Birdsong does what it was asked, and the connection ends before its answer is out. */
  | { kind: 'lost-answer' }
  /** Birdsong does what it was asked; its answer waits. */
  | { kind: 'late'; until: Promise<unknown> }
  /** Birdsong's own JSON, changed on its way, and with other headers. */
  | { kind: 'edited'; edit: (document: Json) => Json | Promise<Json>; headers?: Record<string, string> }
  /** Birdsong's own answer in other clothes: another status, other headers, its text written otherwise. */
  | { kind: 'disguised'; status?: number; headers?: Record<string, string>; write?: (text: string) => string }
  /** Birdsong's own answer, without the headers that let a page of another origin read it. */
  | { kind: 'unreadable' }
  /** A browser asks with OPTIONS before it sends: that is refused. */
  | { kind: 'preflight-refused' };

/** A web page where JSON was expected. */
export const page = (status: number): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Proxy</title><h1>Something went wrong</h1>',
});

/** Any JSON value as the answer. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** A status and nothing else. */
export const bare = (status: number): Fault => ({ kind: 'answer', status });

/** 401 with this challenge (RFC 9110 §11.6.1). */
export const challenged = (challenge: string): Fault => json(401, {}, { 'www-authenticate': challenge });

/** A redirect that keeps method and body, so that a client which follows it hands over everything. */
export const redirectTo = (location: string): Fault => ({ kind: 'answer', status: 307, headers: { location } });

/** The server's own document with some members set; undefined takes one away. */
export const changed = (members: Json): Fault => ({
  kind: 'edited',
  edit: (document) => ({ ...document, ...members }),
});
