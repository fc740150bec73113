import { takesBody, type Method, type RequestForm } from './request.ts';

/**
 * One request that was sent from this page, as it was filled in. The token is not in it: the app adds it to each call by
 * itself, and a header that would carry one is refused before anything is sent. In memory alone, and one connection's own.
 */
export interface HistoryEntry {
  id: number;
  method: Method;
  path: string;
  rest: PastRest;
  /** Undefined where there is no answer to show. */
  status: number | undefined;
  /** When it was sent, in milliseconds since 1970. */
  at: number;
}

/** What else was filled in; `headers` are lines of `name: value`, and `body` is empty where none was sent. */
export type PastRest = { kind: 'kept'; headers: string; body: string } | { kind: 'too-long' };

const KEPT = 20;
/** Of the headers and body of one request, in characters. */
export const KEPT_CHARACTERS = 64 * 1024;

/** A form as it went out, with what came of it. */
export function toEntry(form: RequestForm, end: Pick<HistoryEntry, 'status' | 'at'>): Omit<HistoryEntry, 'id'> {
  const { method, path, headers } = form;
  const body = takesBody(method) ? form.body : '';
  const isShort = headers.length + body.length <= KEPT_CHARACTERS;
  return { method, path: path.trim(), rest: isShort ? { kind: 'kept', headers, body } : { kind: 'too-long' }, ...end };
}

/** The history with one more request, newest first; the oldest go. */
export function addEntry(history: readonly HistoryEntry[], past: Omit<HistoryEntry, 'id'>): readonly HistoryEntry[] {
  return [{ ...past, id: (history[0]?.id ?? 0) + 1 }, ...history].slice(0, KEPT);
}

/** What fills a past request in again. Where the method takes no body, what is written for another one stays. */
export function formOf({ method, path, rest }: HistoryEntry): Partial<RequestForm> {
  const { headers, body } = rest.kind === 'kept' ? rest : { headers: '', body: '' };
  return { method, path, headers, ...(takesBody(method) && { body }) };
}
