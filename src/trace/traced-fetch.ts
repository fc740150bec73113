import { isObject } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import type { ReadToken, TraceBody, TraceStep, TraceTag } from './event.ts';
import { isReadable, omitted, maskBody, maskForm, maskHeaders, maskUrl } from './mask.ts';
import { readToken, tokensIn } from './read-token.ts';
import type { Recorder } from './recorder.ts';
import { isSecretName } from './secret-names.ts';
import { registerSecret } from './secret-registry.ts';

/** The reason for sending a request again. */
export type RetryReason = Extract<TraceStep, { type: 'request' }>['because'];

/** A fetch that resolves once the whole body has been read: `body` has its bytes, and the response a separate copy to read. */
type WholeFetch = (
  input: string | URL | Request,
  init?: RequestInit,
) => Promise<{ response: Response; body?: Uint8Array }>;

/** A fetch that is given the reason for a retry. */
export type TracedFetch = (
  input: string | URL | Request,
  init?: RequestInit,
  because?: RetryReason,
) => Promise<Response>;

/**
 * Wraps a fetch so that each request is recorded before it is sent, followed by its response or failure, under `tag` and
 * `step`.
 */
export function tracedFetch(
  fetch: WholeFetch,
  recorder: Recorder,
  tag: TraceTag,
  step: string,
  now: () => number,
): TracedFetch {
  return async (input, init, because) => {
    const started = now();
    const [event, body] = requestEvent(input, init);
    const request = recorder.record(tag, omitUndefined({ ...event, step, because }), body);
    try {
      const { response, body: bytes } = await fetch(input, init);
      const [received, text] = responseEvent(response, bytes);
      recorder.record(tag, { ...received, step, request, ms: now() - started }, text);
      return response;
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      recorder.record(tag, { type: 'request-failed', step, request, reason, ms: now() - started });
      throw error;
    }
  };
}

type RequestEvent = Omit<Extract<TraceStep, { type: 'request' }>, 'step'>;
type ResponseEvent = Omit<Extract<TraceStep, { type: 'response' }>, 'step' | 'request' | 'ms'>;

/** The content type that fetch sets for a form if the caller sets none (Fetch, "extract a body"). */
const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';

/** Returns the event and the masked body of a request. The app sends only text and form bodies. */
function requestEvent(input: string | URL | Request, init: RequestInit = {}): [RequestEvent, TraceBody | undefined] {
  const isRequest = input instanceof Request;
  const sent = init.headers ?? (isRequest ? input.headers : undefined);
  const { body } = init;
  const form = body instanceof URLSearchParams ? body : undefined;
  learnFrom(sent, form);
  const headers = maskHeaders(sent);
  const type = headers.find(([name]) => name === 'content-type')?.[1];
  const text = form?.toString() ?? (typeof body === 'string' ? body : undefined);
  const tokens = form ? tokensIn((name) => form.get(name)) : proofIn(sent);
  const shown: RequestEvent['headers'] =
    form && type === undefined ? [...headers, ['content-type', FORM_TYPE]] : headers;
  const event: RequestEvent = omitUndefined({
    type: 'request',
    method: init.method ?? (isRequest ? input.method : 'GET'),
    url: maskUrl(isRequest ? input.url : input instanceof URL ? input.href : input),
    headers: shown,
    bodySize: text?.length,
    tokens,
  });
  if (form) return [event, maskForm(form)];
  return [event, text === undefined ? undefined : maskBody(text, type ?? null)];
}

/** Registers the secrets of a request, because its response may repeat them anywhere. */
function learnFrom(headers: HeadersInit | undefined, form: URLSearchParams | undefined): void {
  const isPlain = headers && !(headers instanceof Headers) && !Array.isArray(headers);
  const credentials = isPlain ? headers.authorization : new Headers(headers).get('authorization');
  if (credentials) registerSecret(credentials.slice(credentials.indexOf(' ') + 1));
  for (const [name, value] of form ?? []) if (isSecretName(name)) registerSecret(value);
}

/** Decodes the DPoP proof of a request (RFC 9449 §4.2). */
function proofIn(headers: HeadersInit | undefined): readonly ReadToken[] | undefined {
  const proof = headers instanceof Headers ? headers.get('dpop') : null;
  return proof === null ? undefined : [readToken('dpop', proof)];
}

function responseEvent(response: Response, bytes: Uint8Array | undefined): [ResponseEvent, TraceBody | undefined] {
  const { status, headers } = response;
  const size = bytes?.length ?? 0;
  const type = headers.get('content-type');
  const text = size > 0 && isReadable(size) ? new TextDecoder().decode(bytes) : '';
  // Must run before anything is masked: a header may repeat a token of the body.
  const tokens = /"(?:access|refresh|id)_token"/.test(text) ? tokensOf(text) : undefined;
  const event: ResponseEvent = omitUndefined({
    type: 'response',
    status,
    headers: maskHeaders(headers),
    bodySize: size > 0 ? size : undefined,
    tokens,
  });
  return [event, isReadable(size) ? maskBody(text, type) : omitted(size, type)];
}

function tokensOf(text: string): readonly ReadToken[] | undefined {
  const parsed = parseJson(text);
  const members = isObject(parsed) ? new Map(Object.entries(parsed)) : undefined;
  return members && tokensIn((name) => members.get(name));
}
