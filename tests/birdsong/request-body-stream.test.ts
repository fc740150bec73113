import * as oauth from 'oauth4webapi';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readText } from '#birdsong/request-body.ts';
import { provideRequestBody } from '#birdsong/request-body-stream.ts';
import { startBirdsong, type BirdsongServer } from '#tests/support/birdsong-server.ts';

import { call, connect, loopback, post, refresh, register, discover } from './client.ts';

/** The platform's own property, which these tests remove to behave like Firefox. */
const native = Object.getOwnPropertyDescriptor(Request.prototype, 'body') as PropertyDescriptor;
const removeBody = (): void => void Reflect.deleteProperty(Request.prototype, 'body');
const restoreBody = (): void => void Object.defineProperty(Request.prototype, 'body', native);

const posted = (body: BodyInit | null = null): Request =>
  new Request('https://birdsong.example/', { method: 'POST', body });

describe('a platform without Request.body', () => {
  let birdsong: BirdsongServer;
  beforeAll(async () => {
    removeBody();
    birdsong = await startBirdsong();
  });
  afterAll(async () => {
    restoreBody();
    await birdsong.stop();
  });
  beforeEach(removeBody);

  it('cannot register a client at Birdsong', async () => {
    expect('body' in posted('x')).toBe(false);
    await expect(register(await discover(birdsong))).rejects.toMatchObject({ error: 'invalid_request' });
  });

  it('runs the whole flow with the polyfill: connect, publish, refresh, revoke', async () => {
    provideRequestBody();
    const connection = await connect(birdsong, { user: 'robin' });
    const { flow, tokens } = connection;
    const sent = await post(birdsong, tokens.access_token, { text: 'Read from a stream of our own.' });
    expect(sent.status).toBe('published');

    const refreshed = await refresh(connection);
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    const revoked = await oauth.revocationRequest(
      flow.server,
      flow.client,
      oauth.None(),
      String(refreshed.refresh_token),
      loopback,
    );
    await oauth.processRevocationResponse(revoked);
    expect((await call(birdsong, refreshed.access_token, '/me')).status).toBe(401);
  });
});

describe('the polyfill', () => {
  beforeEach(() => {
    removeBody();
    provideRequestBody();
  });
  afterEach(restoreBody);

  it('keeps the platform’s own property if there is one', () => {
    restoreBody();
    provideRequestBody();
    expect(Object.getOwnPropertyDescriptor(Request.prototype, 'body')?.get).toBe(native.get);
  });

  it('returns null for GET and HEAD', () => {
    expect(new Request('https://birdsong.example/').body).toBeNull();
    expect(new Request('https://birdsong.example/', { method: 'HEAD' }).body).toBeNull();
  });

  it('returns the same stream each time, and reads nothing until it is read', async () => {
    const request = posted('looked at');
    expect(request.body).toBe(request.body);
    await Promise.resolve();
    expect(request.bodyUsed).toBe(false);
    expect(await request.clone().text()).toBe('looked at');
    expect(await request.text()).toBe('looked at');
  });

  it('returns the body once', async () => {
    const request = posted('once');
    expect(await readText(request, 100)).toBe('once');
    expect(request.bodyUsed).toBe(true);
    await expect(request.text()).rejects.toThrow(TypeError);
  });

  it('returns an empty stream for an empty body', async () => {
    expect(await readText(posted(''), 100)).toBe('');
    expect(await readText(posted(), 100)).toBe('');
  });

  it('returns a large body completely, and lets its reader stop at a limit', async () => {
    const large = 'ä'.repeat(1_000_000);
    expect(await readText(posted(large), 2_000_000)).toBe(large);
    expect(await readText(posted(large), 1_999_999)).toBeUndefined();
  });

  it('marks the body as used once it is cancelled, read or not', async () => {
    const unread = posted('never read');
    await unread.body?.cancel();
    expect(unread.bodyUsed).toBe(true);

    const begun = posted(new Uint8Array(1_000_000));
    const reader = begun.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
    await reader?.cancel();
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  it('fails to read a body that was read in another way', async () => {
    const request = posted('taken');
    const { body } = request;
    await request.text();
    await expect(body?.getReader().read()).rejects.toThrow(TypeError);
  });
});
