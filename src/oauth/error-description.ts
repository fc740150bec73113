import { isRecord } from '#lib/guards.ts';

import { OAuthError } from './errors.ts';
import { parseJsonText, type JsonObject } from './json-document.ts';
import { withoutQuery } from './safe-url.ts';
import { sanitizeText } from './sanitize-text.ts';

/**
 * Returns what an error response says for people if it does not follow RFC 6749 §5.2: frameworks use an error object
 * (`{"error": {"message": …}}`), a message, or a list of details. Undefined if it names its error as the RFC does.
 */
export function foreignErrorText(body: JsonObject): string | undefined {
  const { error, message, detail } = body;
  if (typeof error === 'string') return undefined;
  const [first] = Array.isArray(detail) ? (detail as unknown[]) : [detail];
  const candidates = [
    isRecord(error) ? error.message : undefined,
    message,
    isRecord(first) ? (first.msg ?? first.message) : first,
  ];
  return candidates.map((candidate) => sanitizeText(candidate)).find((text) => text !== undefined);
}

/**
 * Throws the error that a 4xx response describes in a form of its own; leaves every other response to the caller, unread.
 * @throws OAuthError `oauth-error`
 */
export async function throwForeignError(response: Response, endpoint: string): Promise<void> {
  const { status } = response;
  if (status < 400 || status >= 500 || status === 429) return;
  const serverDescription = foreignErrorText(parseJsonText(await response.clone().text()) ?? {});
  if (serverDescription === undefined) return;
  const details = { url: withoutQuery(endpoint), status, serverDescription };
  throw new OAuthError('oauth-error', 'the server responded with an error of its own form', details);
}
