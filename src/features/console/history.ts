import { takesBody, type Method, type RequestForm } from './request.ts';

/**
 * A request sent from this page, as it was filled in. It contains no token: the app adds the token to each call, and headers with
 * credentials are rejected before sending. Held in memory only, per connection.
 */
export interface HistoryEntry {
  id: number;
  method: Method;
  path: string;
  rest: PastRest;
  /** Undefined if there is no response to show. */
  status: number | undefined;
  /** When it was sent, in milliseconds since 1970. */
  at: number;
}

/** The rest of the form. `headers` are lines of `name: value`; `body` is empty if none was sent. */
export type PastRest = { kind: 'stored'; headers: string; body: string } | { kind: 'too-long' };

const MAX_ENTRIES = 20;
/** The limit for the headers and body of one stored request, in characters. */
export const MAX_CHARACTERS = 64 * 1024;

/** Creates a history entry from a sent form and its result. */
export function toEntry(form: RequestForm, end: Pick<HistoryEntry, 'status' | 'at'>): Omit<HistoryEntry, 'id'> {
  const { method, path, headers } = form;
  const body = takesBody(method) ? form.body : '';
  const isShort = headers.length + body.length <= MAX_CHARACTERS;
  return {
    method,
    path: path.trim(),
    rest: isShort ? { kind: 'stored', headers, body } : { kind: 'too-long' },
    ...end,
  };
}

/** Returns the history with one more request, newest first, dropping the oldest ones over the limit. */
export function addEntry(history: readonly HistoryEntry[], past: Omit<HistoryEntry, 'id'>): readonly HistoryEntry[] {
  return [{ ...past, id: (history[0]?.id ?? 0) + 1 }, ...history].slice(0, MAX_ENTRIES);
}

/** Returns the form fields of a past request. If its method takes no body, the form's current body is left unchanged. */
export function formOf({ method, path, rest }: HistoryEntry): Partial<RequestForm> {
  const { headers, body } = rest.kind === 'stored' ? rest : { headers: '', body: '' };
  return { method, path, headers, ...(takesBody(method) && { body }) };
}
