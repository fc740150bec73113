import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { boundedFetch } from '#oauth/bounded-fetch.ts';

let server: Server;
let origin: string;
let respond: (path: string, response: ServerResponse) => void;
beforeEach(async () => {
  server = createServer((request, response) => respond(request.url ?? '', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const limited = boundedFetch(fetch, { timeoutMs: 60_000, maxBytes: 1000 });

describe('a fetch with limits', () => {
  test('returns the response with its body read', async () => {
    respond = (_path, response) => response.writeHead(201, { 'content-type': 'application/json' }).end('{"a":1}');
    const { response, body } = await limited(`${origin}/`);
    expect(new TextDecoder().decode(body)).toBe('{"a":1}');
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      201,
      'application/json',
      { a: 1 },
    ]);
  });

  test('reads 204 without a body', async () => {
    respond = (_path, response) => response.writeHead(204).end();
    expect((await limited(`${origin}/`)).response.status).toBe(204);
  });

  test('DISC-12: stops reading an endless body at the limit', async () => {
    respond = (_path, response) => {
      response.writeHead(200);
      const more = (): void => void response.write('x'.repeat(400), () => !response.destroyed && setImmediate(more));
      more();
    };
    await expect(limited(`${origin}/big?secret=1`)).rejects.toMatchObject({
      code: 'response-too-large',
      details: { url: `${origin}/big` },
    });
  });

  test('DISC-12: aborts a response that does not end in time', async () => {
    respond = (_path, response) => response.writeHead(200).write('slow');
    const hasty = boundedFetch(fetch, { timeoutMs: 50, maxBytes: 1000 });
    await expect(hasty(`${origin}/`)).rejects.toMatchObject({ code: 'timed-out' });
  });

  test('distinguishes a request that the user cancelled', async () => {
    const stop = new AbortController();
    respond = () => stop.abort();
    await expect(limited(`${origin}/`, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('TOK-2, API-3: does not follow a redirect', async () => {
    const asked: string[] = [];
    respond = (path, response) => {
      asked.push(path);
      response.writeHead(307, { location: '/elsewhere?secret=1' }).end();
    };
    await expect(limited(`${origin}/token`, { method: 'POST', body: 'code=x' })).rejects.toMatchObject({
      code: 'redirected',
      details: { url: `${origin}/token`, status: 307, location: `${origin}/elsewhere` },
    });
    expect(asked).toEqual(['/token']);
  });

  test('reports an unreachable server', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(limited(`${origin}/`)).rejects.toMatchObject({ code: 'unreachable', details: { url: `${origin}/` } });
    server = createServer().listen(0);
  });
});
