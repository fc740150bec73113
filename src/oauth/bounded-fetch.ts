import { OAuthError } from './errors.ts';
import type { Fetch } from './flow-context.ts';
import { withoutQuery } from './safe-url.ts';

export interface FetchLimits {
  /** How long headers and body may take together, in milliseconds. */
  timeoutMs: number;
  /** The largest body that is read, in bytes. */
  maxBytes: number;
}

/** Metadata and token answers: 10 s and 256 KiB (DISC-12; RFC 9728 §7.10). */
export const PROTOCOL_LIMITS: FetchLimits = { timeoutMs: 10_000, maxBytes: 256 * 1024 };

/** An answer that is here as a whole. */
export interface BufferedResponse {
  /** Its body can be read once, and never fails. */
  response: Response;
  /** The body's bytes; none where there is no body. */
  body?: Uint8Array;
}

/**
 * A fetch that a hostile or broken server can't hold up, flood or lead astray: it follows no redirect, sends no cookie and
 * no referrer, ends after a time and stops reading at a size (DISC-12, TOK-2, API-3).
 * @throws OAuthError `unreachable` | `timed-out` | `cancelled` | `response-too-large`
 */
export function boundedFetch(fetch: Fetch, limits: FetchLimits) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<BufferedResponse> => {
    const cancel = init.signal ?? undefined;
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const url = (): string => withoutQuery(input instanceof Request ? input.url : input);
    try {
      const response = await fetch(input, {
        ...init,
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: cancel ? AbortSignal.any([cancel, deadline]) : deadline,
      });
      return response.body ? await whole(response, response.body, limits.maxBytes, url) : { response };
    } catch (cause) {
      if (cause instanceof OAuthError) throw cause;
      if (cancel?.aborted) throw new OAuthError('cancelled', 'cancelled before a response came', { url: url(), cause });
      if (deadline.aborted) throw new OAuthError('timed-out', 'response timed out', { url: url(), cause });
      throw new OAuthError('unreachable', 'no readable response', { url: url(), cause });
    }
  };
}

/** Reads the whole body, counting: a declared length can lie, and a slow drip is ended by the caller's deadline. */
async function whole(
  response: Response,
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
  url: () => string,
): Promise<BufferedResponse> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new OAuthError('response-too-large', `more than ${maxBytes} bytes`, {
        url: url(),
        status: response.status,
      });
    }
    chunks.push(value);
  }
  const { status, statusText, headers } = response;
  if (NULL_BODY_STATUSES.has(status)) return { response: new Response(null, { status, statusText, headers }) };
  const body = joined(chunks, size);
  return { response: new Response(body, { status, statusText, headers }), body };
}

/** A `Response` of these may not be given a body. */
const NULL_BODY_STATUSES: ReadonlySet<number> = new Set([101, 204, 205, 304]);

function joined(chunks: Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const bytes = new Uint8Array(size);
  let place = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, place);
    place += chunk.byteLength;
  }
  return bytes;
}
