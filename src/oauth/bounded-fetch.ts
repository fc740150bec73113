import { OAuthError } from './errors.ts';
import type { Fetch } from './flow-context.ts';
import { withoutQuery } from './safe-url.ts';

export interface FetchLimits {
  /** The time allowed for headers and body together, in milliseconds. */
  timeoutMs: number;
  /** The maximum body size, in bytes. */
  maxBytes: number;
}

/** The limits for metadata and token responses: 10 s and 256 KiB (DISC-12; RFC 9728 §7.10). */
export const PROTOCOL_LIMITS: FetchLimits = { timeoutMs: 10_000, maxBytes: 256 * 1024 };

/** A response whose body has been read completely. */
export interface BufferedResponse {
  /** The response; its body can be read once, and reading it never fails. */
  response: Response;
  /** The bytes of the body; absent if the response has no body. */
  body?: Uint8Array;
}

/**
 * Wraps a fetch so that a hostile or broken server cannot stall, flood or redirect it: it follows no redirects, sends no
 * cookies and no referrer, and limits time and body size (DISC-12, TOK-2, API-3).
 * @throws OAuthError `unreachable` | `unreadable` (mode `no-cors` only) | `redirected` | `timed-out` | `cancelled` | `response-too-large`
 */
export function boundedFetch(fetch: Fetch, limits: FetchLimits) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<BufferedResponse> => {
    const cancel = init.signal ?? undefined;
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const url = (): string => withoutQuery(input instanceof Request ? input.url : input);
    try {
      const response = await fetch(input, {
        ...init,
        // Not `error`, which script can't tell from a response that CORS hides. Fetch allows only `follow` with `no-cors`.
        redirect: init.mode === 'no-cors' ? 'follow' : 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: cancel ? AbortSignal.any([cancel, deadline]) : deadline,
      });
      if (response.type === 'opaque') throw new OAuthError('unreadable', 'script may not read it', { url: url() });
      if (isRedirect(response)) throw redirected(response, url());
      return response.body ? await whole(response, response.body, limits.maxBytes, url) : { response };
    } catch (cause) {
      if (cause instanceof OAuthError) throw cause;
      if (cancel?.aborted) throw new OAuthError('cancelled', 'cancelled before a response came', { url: url(), cause });
      if (deadline.aborted) throw new OAuthError('timed-out', 'response timed out', { url: url(), cause });
      throw new OAuthError('unreachable', 'no readable response', { url: url(), cause });
    }
  };
}

/** Returns true for a redirect. In a browser, script sees neither its status nor its target (Fetch, opaque-redirect). */
function isRedirect({ type, status, headers }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && headers.has('location'));
}

function redirected({ status, headers }: Response, url: string): OAuthError {
  const target = headers.get('location');
  return new OAuthError('redirected', 'the response is a redirect', {
    url,
    ...(status !== 0 && { status }),
    ...(target !== null && URL.canParse(target, url) && { location: withoutQuery(new URL(target, url)) }),
  });
}

/** Reads the whole body and counts its bytes, because a declared length can lie. The caller's deadline ends a slow response. */
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

/** The statuses that `new Response()` does not allow a body for. */
const NULL_BODY_STATUSES: ReadonlySet<number> = new Set([101, 204, 205, 304]);

function joined(chunks: Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
