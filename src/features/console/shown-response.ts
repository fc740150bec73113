import type { ConsoleResponse, CallRejection } from '#api/console-call.ts';

import { capped, indentedJson, type CappedText } from './indented-json.ts';

/** The maximum length of a displayed body, in characters. */
export const SHOWN_CHARACTERS = 256 * 1024;

/** The kind of sign-in that the service requires for a call. */
export type StepUpRequest = Extract<CallRejection, { kind: 'authentication' }>['demand'];

/** A response prepared for display. */
export interface ShownResponse {
  status: number;
  /** The reason phrase; empty with HTTP/2. */
  statusText: string;
  /** In milliseconds. */
  durationMs: number;
  /** The body's size in bytes. */
  size: number;
  /** The headers exposed to scripts. */
  headers: readonly (readonly [name: string, value: string])[];
  body: ShownBody;
  rejection: CallRejection | undefined;
}

export type ShownBody =
  | { kind: 'none' }
  | ({ kind: 'json' | 'text' } & CappedText)
  /** Images and other types that are not text; `type` as the server declares it. */
  | { kind: 'binary'; type: string | undefined };

const JSON_TYPE = /[/+]json$/;
const TEXT_TYPE =
  /^text\/|[/+](?:json|xml|yaml)$|^application\/(?:(?:x-)?javascript|ecmascript|graphql|(?:x-)?ndjson|x-www-form-urlencoded|x-yaml|jwt|sql|toml)$/;

/** Reads a response to its end. The body becomes plain text or is left out; it is never markup. */
export async function readResponse({ response, durationMs, rejection }: ConsoleResponse): Promise<ShownResponse> {
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  const contentType = headers.get('content-type') ?? undefined;
  return {
    status,
    statusText,
    durationMs,
    size: bytes.byteLength,
    headers: [...headers],
    body: bytes.byteLength === 0 ? { kind: 'none' } : bodyOf(bytes, contentType),
    rejection,
  };
}

function bodyOf(bytes: ArrayBuffer, contentType: string | undefined): ShownBody {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  const isText = type === undefined || type === '' ? looksLikeText(bytes) : isTextType(type);
  if (!isText) return { kind: 'binary', type };
  const text = decoderFor(contentType).decode(bytes);
  const json = JSON_TYPE.test(type ?? '') ? indentedJson(text, SHOWN_CHARACTERS) : undefined;
  return json ? { kind: 'json', ...json } : { kind: 'text', ...capped(text, SHOWN_CHARACTERS) };
}

/** SVG counts as an image, although it is XML. */
const isTextType = (type: string): boolean => TEXT_TYPE.test(type) && !type.startsWith('image/');

/** Returns whether a body without a type looks like text: UTF-8 without NUL. */
function looksLikeText(bytes: ArrayBuffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}

function decoderFor(contentType: string | undefined): TextDecoder {
  const [, charset] = /;\s*charset="?([\w.:-]+)/i.exec(contentType ?? '') ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder(); // unknown encoding
  }
}
