import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '#scripts/serve.mjs';

const PAGE = `<!doctype html><title>Planner</title>${'<p>again</p>'.repeat(200)}`;
const SECRET = 'outside the folder';

let folder = '';
let site: Awaited<ReturnType<typeof serve>>;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

/** Sends the path as it is, because `fetch` would resolve the dot segments under test. */
function ask(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: site.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString() });
      });
    });
    sent.on('error', reject).end();
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const files: Record<string, string> = {
    'secret.txt': SECRET,
    'dist/index.html': PAGE,
    'dist/worker.js': 'self.x = 1;',
    'dist/assets/main-abc.js': 'export const a = 1;',
    'dist/assets/picture.png': 'not really',
    'dist/client.json': '{"client_id":"x"}',
    'dist/.well-known/known': 'here',
    'dist-other/file.txt': SECRET,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'dist/link.txt'));
  site = await serve(join(folder, 'dist'));
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('files and screens', () => {
  test.for(['/', '/index.html', '/connections', '/planner/2026-W30?x=1.2'])(
    '%s is the page, uncached',
    async (path) => {
      const { status, headers, text } = await ask(path);
      expect(status).toBe(200);
      expect(text).toBe(PAGE);
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    },
  );

  test('caches a hashed file for ever, and a worker not at all', async () => {
    const hashed = await ask('/assets/main-abc.js');
    expect(hashed.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const worker = await ask('/worker.js');
    expect(worker.headers['cache-control']).toBe('no-cache');
    expect(worker.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.for(['/.well-known/openid-configuration', '/assets/gone.js', '/assets/', '/gone.json', '/.env'])(
    '%s is a plain 404, not the page (PAGE-7)',
    async (path) => {
      const { status, headers, text } = await ask(path);
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(text).toBe('Not found\n');
    },
  );

  test('serves an existing well-known file', async () => {
    expect((await ask('/.well-known/known')).text).toBe('here');
  });

  test('sends the headers of GET and no body for HEAD, and rejects other methods', async () => {
    const head = await ask('/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.body.length).toBe(0);
    expect(head.headers['content-length']).toBe(String(PAGE.length));
    const post = await ask('/connections', { method: 'POST' });
    expect(post.status).toBe(405);
    expect(post.headers.allow).toBe('GET, HEAD');
  });

  test('the page of a foreign host name may not call loopback', async () => {
    const policyFor = async (host: string) =>
      (await ask('/', { headers: { host } })).headers['content-security-policy'];
    expect(await policyFor('localhost:4173')).toContain('http://127.0.0.1:*');
    expect(await policyFor('planner.example')).not.toContain('http://127.0.0.1:*');
  });
});

describe('paths out of the folder', () => {
  test.for([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/../dist-other/file.txt',
    '//secret.txt',
    '/link.txt',
    '/secret.txt%00.html',
    '/%',
    'http://127.0.0.1/secret.txt',
  ])('%s reveals nothing', async (path) => {
    const { status, text } = await ask(path);
    expect([400, 404]).toContain(status);
    expect(text).not.toContain(SECRET);
  });
});

describe('caching and compression', () => {
  test('responds to an unchanged file with 304 without a body', async () => {
    const etag = (await ask('/')).headers.etag ?? '';
    expect(etag).toMatch(/^W\/".+"$/);
    const again = await ask('/', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
    expect(again.headers['cache-control']).toBe('no-cache');
    expect((await ask('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('gives a changed file another tag', async () => {
    const before = await ask('/client.json');
    writeFileSync(join(folder, 'dist/client.json'), '{"client_id":"another"}');
    const after = await ask('/client.json', { headers: { 'if-none-match': before.headers.etag ?? '' } });
    expect(after.status).toBe(200);
    expect(after.text).toBe('{"client_id":"another"}');
  });

  test('compresses text if the client accepts it, but not images', async () => {
    const brotli = await ask('/', { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(brotliDecompressSync(brotli.body).toString()).toBe(PAGE);
    const gzip = await ask('/', { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).toString()).toBe(PAGE);
    expect((await ask('/')).headers).not.toHaveProperty('content-encoding');
    const picture = await ask('/assets/picture.png', { headers: { 'accept-encoding': 'br' } });
    expect(picture.headers).not.toHaveProperty('content-encoding');
  });
});

test('delays a response until what must come first', async () => {
  const late = join(folder, 'dist/late.txt');
  const far = await serve(join(folder, 'dist'), { beforeAnswer: () => writeFile(late, 'here by now') });
  expect(await (await fetch(`${far.url}late.txt`)).text()).toBe('here by now');
  await far.close();
});

test('explains what to do if the port is taken', async () => {
  await expect(serve(folder, { port: site.port })).rejects.toThrow(
    `Port ${site.port} is taken. Stop the program that listens there, or set the PORT variable`,
  );
});
