import { isRecord } from '#lib/guards.ts';

import type { JsonObject } from './json-document.ts';
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
