import { isRecord } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';

import { OAuthError } from './errors.ts';
import { withoutQuery } from './safe-url.ts';

export type JsonObject = Record<string, unknown>;

/**
 * Parses a response as a JSON object: status 200, a JSON media type, an object at the top level (DISC-11; RFC 8414 §3.2).
 * @throws OAuthError `not-found` (4xx) | `rate-limited` (429) | `http-5xx` (5xx) | `malformed-response`
 */
export async function readJsonDocument(response: Response, url: string): Promise<JsonObject> {
  const details = { url: withoutQuery(url), status: response.status };
  if (response.status >= 500) throw new OAuthError('http-5xx', 'the server failed', details);
  if (response.status === 429) throw new OAuthError('rate-limited', 'too many requests', details);
  if (response.status >= 400) throw new OAuthError('not-found', 'no document at this address', details);
  if (response.status !== 200) throw new OAuthError('malformed-response', 'unexpected status', details);
  if (!hasJsonType(response)) throw new OAuthError('malformed-response', 'the response is not JSON', details);
  const body = await parseJsonObject(response);
  if (!body) throw new OAuthError('malformed-response', 'the response is not a JSON object', details);
  return body;
}

const ABSENCES: ReadonlySet<string> = new Set([
  'not-found',
  'malformed-response',
  'http-5xx',
  'rate-limited',
  'unreachable',
]);

/** Returns true for errors after which the next metadata URL should be tried. */
export function isMetadataMissing(error: unknown): error is OAuthError {
  return error instanceof OAuthError && ABSENCES.has(error.code);
}

/** Returns true if the media type is `application/json` or has the `+json` suffix (RFC 6839 §3.1). */
export function hasJsonType(response: Response): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(response.headers.get('content-type') ?? '');
}

/**
 * Parses the body as a JSON object. Returns undefined for anything else, so that no part of an unexpected body ends up in a
 * message.
 */
export async function parseJsonObject(response: Response): Promise<JsonObject | undefined> {
  return parseJsonText(await response.text());
}

/** Parses a text as a JSON object. Returns undefined for anything else. */
export function parseJsonText(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isRecord(value) ? value : undefined;
}

/**
 * Returns a server's text with control characters replaced by spaces and its length limited for display (UI-2, CB-9); undefined
 * if nothing remains.
 */
export function sanitizeText(value: unknown, maxLength = 300): string | undefined {
  if (typeof value !== 'string') return undefined;
  // oxlint-disable-next-line no-control-regex -- matches control characters on purpose
  const text = value.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').trim();
  return text === '' ? undefined : text.slice(0, maxLength);
}
