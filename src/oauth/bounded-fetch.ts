import { OAuthError } from './errors.ts';
import type { Fetch } from './exchange.ts';
import { withoutQuery } from './safe-url.ts';

export interface FetchLimits {
  /** How long headers and body may take together, in milliseconds. */
  timeoutMs: number;
  /** The largest body that is read, in bytes. */
  maxBytes: number;
}

/** Metadata and token answers: 10 s and 256 KiB (DISC-12; RFC 9728 §7.10). */
export const PROTOCOL_LIMITS: FetchLimits = { timeoutMs: 10_000, maxBytes: 256 * 1024 };

/**
 * A fetch that a hostile or broken server can't hold up, flood or lead astray: it follows no redirect, sends no cookie and
 * no referrer, ends after a time and stops reading at a size (DISC-12, TOK-2, API-3). The answer's body is already read.
 * @throws OAuthError `unreachable` | `timed-out` | `cancelled` | `response-too-large`
 */
export function boundedFetch(fetch: Fetch, limits: FetchLimits): Fetch {
  return async (input, init = {}) => {
    const url = withoutQuery(input instanceof Request ? input.url : input);
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const cancel = init.signal ?? undefined;
    try {
      const response = await fetch(input, {
        ...init,
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: cancel ? AbortSignal.any([cancel, deadline]) : deadline,
      });
      return await buffered(response, limits.maxBytes, url);
    } catch (cause) {
      if (cause instanceof OAuthError) throw cause;
      if (cancel?.aborted) throw new OAuthError('cancelled', 'cancelled before an answer came', { url, cause });
      if (deadline.aborted) throw new OAuthError('timed-out', 'no complete answer in time', { url, cause });
      throw new OAuthError('unreachable', 'no answer that this page may read', { url, cause });
    }
  };
}

/** Reads the whole body, counting: a declared length can lie, and a slow drip is ended by the caller's deadline. */
async function buffered(response: Response, maxBytes: number, url: string): Promise<Response> {
  const reader = response.body?.getReader();
  if (!reader) return response;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new OAuthError('response-too-large', `more than ${maxBytes} bytes`, { url, status: response.status });
    }
    chunks.push(value);
  }
  const hasBody = ![101, 204, 205, 304].includes(response.status);
  const { status, statusText, headers } = response;
  return new Response(hasBody ? new Blob(chunks) : null, { status, statusText, headers });
}
