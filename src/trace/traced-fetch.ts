import type { TraceTag } from './event.ts';
import { maskBody, maskHeaders, maskUrl } from './mask.ts';
import type { Recorder } from './recorder.ts';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A fetch that records each request before it is sent, and then its answer or failure, under `tag` and `step`.
 * It expects answers that are already bounded: it reads a copy of each body.
 */
export function tracedFetch(fetch: Fetch, recorder: Recorder, tag: TraceTag, step: string, now: () => number): Fetch {
  return async (input, init) => {
    const request = new Request(input, { method: init?.method, headers: init?.headers });
    const headers = new Headers(request.headers);
    const body = bodyText(init?.body);
    if (init?.body instanceof URLSearchParams && !headers.has('content-type')) {
      headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    const started = now();
    const id = recorder.record(tag, {
      type: 'request',
      step,
      method: request.method,
      url: maskUrl(request.url),
      headers: maskHeaders(headers),
      body: body === undefined ? undefined : maskBody(body, headers.get('content-type')),
    });
    try {
      const response = await fetch(input, init);
      const text = await response.clone().text();
      recorder.record(tag, {
        type: 'response',
        step,
        request: id,
        status: response.status,
        headers: maskHeaders(response.headers),
        body: maskBody(text, response.headers.get('content-type')),
        ms: now() - started,
      });
      return response;
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      recorder.record(tag, { type: 'request-failed', step, request: id, reason, ms: now() - started });
      throw error;
    }
  };
}

function bodyText(body: BodyInit | null | undefined): string | undefined {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : undefined;
}
