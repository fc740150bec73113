import { describe, expect, test } from 'vitest';

import type { TraceTag } from '#trace/event.ts';
import { createRecorder, traceOf, type Recorder } from '#trace/recorder.ts';
import { tracedFetch } from '#trace/traced-fetch.ts';
import { unsignedJwt } from '#tests/support/jwt.ts';

const tag: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };
const TOKEN_URL = 'https://as.example/token';

/** A fetch that responds with `response` after it has called `onSent`. */
function answering(recorder: Recorder, response: Response, onSent: () => void = () => undefined) {
  const fetch = async () => {
    onSent();
    const body = new Uint8Array(await response.clone().arrayBuffer());
    return { response, ...(body.length > 0 && { body }) };
  };
  return tracedFetch(fetch, recorder, tag, 'token-request', () => 0);
}

/** Everything that was recorded, as text. */
const recorded = (recorder: Recorder): string => JSON.stringify(recorder.snapshot());

describe('the traced fetch', () => {
  test('records the request before it is sent, then the response, with secrets masked in both', async () => {
    const recorder = createRecorder(() => 0);
    const sent: number[] = [];
    const answer = Response.json({ access_token: 'a-token-that-nobody-may-see' });
    const fetch = answering(recorder, answer, () => sent.push(recorder.events().length));
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'a-code-that-nobody-may-see' });
    const response = await fetch(TOKEN_URL, { method: 'POST', body });
    expect(await response.json()).toEqual({ access_token: 'a-token-that-nobody-may-see' });
    expect(sent).toEqual([1]);
    expect(recorder.events()).toMatchObject([
      { type: 'request', step: 'token-request', method: 'POST', url: TOKEN_URL, flow: 'f', by: 'page' },
      { type: 'response', request: 1, status: 200 },
    ]);
    const { bodyOf } = traceOf(recorder);
    expect(bodyOf(1)).toMatchObject({
      kind: 'form',
      fields: [
        ['grant_type', 'authorization_code'],
        ['code', '••••••-see (26 characters)'],
      ],
    });
    expect(recorded(recorder)).not.toContain('nobody');
  });

  test('records the content type of a form once, whether the caller or fetch sets it', async () => {
    const recorder = createRecorder(() => 0);
    const fetch = answering(recorder, new Response());
    const body = new URLSearchParams({ a: 'b' });
    await fetch(TOKEN_URL, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    await fetch(TOKEN_URL, { method: 'POST', body });
    expect(recorder.events().flatMap((event) => (event.type === 'request' ? [event.headers] : []))).toEqual([
      [['content-type', 'application/x-www-form-urlencoded']],
      [['content-type', 'application/x-www-form-urlencoded;charset=UTF-8']],
    ]);
  });

  test('records a failure by its code and rethrows it', async () => {
    const recorder = createRecorder(() => 0);
    const failure = Object.assign(new Error('no answer'), { code: 'unreachable' });
    const fetch = tracedFetch(
      () => Promise.reject(failure),
      recorder,
      tag,
      'refresh',
      () => 0,
    );
    await expect(fetch(TOKEN_URL)).rejects.toBe(failure);
    expect(recorder.events().at(-1)).toMatchObject({ type: 'request-failed', request: 1, reason: 'unreachable' });
  });

  test('records why a request is repeated', async () => {
    const recorder = createRecorder(() => 0);
    await answering(recorder, new Response(null))('https://api.example/me', {}, 'token-refreshed');
    expect(recorder.events()[0]).toMatchObject({ type: 'request', because: 'token-refreshed' });
  });

  test('M-11: decodes a JWT without its signature, and reports any other token as opaque', async () => {
    const recorder = createRecorder(() => 0);
    const jwt = unsignedJwt({ alg: 'RS256', typ: 'JWT' }, { sub: 'u1', nonce: 'n' }, 'the-signature-of-it');
    const answer = Response.json({ access_token: 'opaque-and-secret-1234', id_token: jwt });
    await answering(recorder, answer)(TOKEN_URL, { method: 'POST' });
    expect(recorder.events()[1]).toMatchObject({
      tokens: [
        { name: 'access_token', form: 'opaque', masked: '••••••1234 (22 characters)' },
        { name: 'id_token', form: 'jwt', header: { alg: 'RS256', typ: 'JWT' }, claims: { sub: 'u1', nonce: 'n' } },
      ],
    });
    expect(recorded(recorder)).not.toContain(jwt.split('.')[2]);
    expect(recorded(recorder)).not.toContain('secret');
  });

  test('DPOP-3: decodes a proof too', async () => {
    const recorder = createRecorder(() => 0);
    const proof = unsignedJwt({ typ: 'dpop+jwt', alg: 'ES256' }, { htm: 'POST', htu: TOKEN_URL, jti: 'j' }, 'sig');
    await answering(recorder, new Response(null))(TOKEN_URL, { method: 'POST', headers: new Headers({ dpop: proof }) });
    expect(recorder.events()[0]).toMatchObject({ tokens: [{ name: 'dpop', form: 'jwt', claims: { htm: 'POST' } }] });
    expect(recorded(recorder)).not.toContain(proof);
  });
});
