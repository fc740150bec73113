import { OAuthError } from './errors.ts';
import { hasJsonType, parseJsonObject, type JsonObject } from './json-document.ts';
import { withoutQuery } from './safe-url.ts';

/**
 * Parses a response as a JSON object: status 200, a JSON media type, an object at the top level (DISC-11; RFC 8414 §3.2).
 * @throws OAuthError `not-found` (4xx) | `rate-limited` (429) | `http-5xx` (5xx) | `web-page` | `malformed-response`
 */
export async function readJsonDocument(response: Response, address: string): Promise<JsonObject> {
  const details = { url: withoutQuery(address), status: response.status };
  if (response.status >= 500) throw new OAuthError('http-5xx', 'the server failed', details);
  if (response.status === 429) throw new OAuthError('rate-limited', 'too many requests', details);
  if (response.status >= 400) throw new OAuthError('not-found', 'no document at this address', details);
  if (response.status !== 200) throw new OAuthError('malformed-response', 'unexpected status', details);
  if (isWebPage(response)) throw new OAuthError('web-page', 'the response is a web page', details);
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
  'redirected',
  'web-page',
]);

/** Returns true for errors after which the next metadata URL should be tried. */
export function isMetadataMissing(error: unknown): error is OAuthError {
  return error instanceof OAuthError && ABSENCES.has(error.code);
}

/** Returns true if the server said that there is no such document (RFC 9110 §15.5.5, §15.5.11). */
export function isAbsent({ code, status }: { code: string; status?: number | undefined }): boolean {
  return code === 'not-found' && (status === 404 || status === 410);
}

/** Returns true for an HTML document, such as the start page that some hosts return for every URL. */
function isWebPage(response: Response): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(response.headers.get('content-type') ?? '');
}
