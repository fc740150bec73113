import { OAuthError } from './errors.ts';
import { withoutQuery } from './safe-url.ts';

export type JsonObject = Record<string, unknown>;

/**
 * Reads an answer as a JSON object: status 200, a JSON media type, an object at the top (DISC-11; RFC 8414 §3.2).
 * @throws OAuthError `not-found` (4xx) | `server-fault` (5xx) | `malformed-response`
 */
export async function readJsonDocument(response: Response, address: string): Promise<JsonObject> {
  const details = { url: withoutQuery(address), status: response.status };
  if (response.status >= 500) throw new OAuthError('server-fault', 'the server failed', details);
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
  'server-fault',
  'rate-limited',
  'unreachable',
]);

/** Whether a document could not be had at one address, which is no reason not to look at another. */
export function isMetadataMissing(error: unknown): error is OAuthError {
  return error instanceof OAuthError && ABSENCES.has(error.code);
}

/** Whether the media type is `application/json` or has the `+json` suffix (RFC 6839 §3.1). */
export function hasJsonType(response: Response): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(response.headers.get('content-type') ?? '');
}

/** The body as a JSON object; undefined for anything else, so that no part of a stray body reaches a message. */
export async function parseJsonObject(response: Response): Promise<JsonObject | undefined> {
  return parseJsonText(await response.text());
}

/** A text as a JSON object; undefined for anything else. */
export function parseJsonText(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a parsed JSON value is an object (neither array nor null). */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Plain text of a server, cut to a length that a screen can bear; control characters removed (UI-2, CB-9). */
export function sanitizeText(value: unknown, maxLength = 300): string | undefined {
  if (typeof value !== 'string') return undefined;
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const text = value.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').trim();
  return text === '' ? undefined : text.slice(0, maxLength);
}
