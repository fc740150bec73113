import { isRecord } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';

export type JsonObject = Record<string, unknown>;

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
