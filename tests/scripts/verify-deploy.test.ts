/** Faults of particular hosts; tests/browser/hosted.spec.ts covers nginx. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { configure } from '#scripts/configure.mjs';
import { withIntegrity } from '#scripts/integrity.mjs';
import { serve } from '#scripts/serve.mjs';
import { metadataFindings, servicesFindings, workerFindings } from '#scripts/verify/documents.mjs';
import { fallbackFindings } from '#scripts/verify/fallback.mjs';
import { lifetimeFindings } from '#scripts/verify/headers.mjs';
import { visit, type SiteResponse, type Site } from '#scripts/verify/visit.mjs';
import { verifyDeploy } from '#scripts/verify-deploy.mjs';

const BOOT = 'export {};\n';
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="application-name" content="Content Planner" />
    <title>Content Planner</title>
    <script type="module" crossorigin src="/assets/index-1.js"></script>
  </head>
</html>
`;

let folder = '';
let server: Awaited<ReturnType<typeof serve>>;
let sound: Site;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    withIntegrity(PAGE, () => BOOT),
  );
  writeFileSync(join(folder, 'assets/index-1.js'), BOOT);
  writeFileSync(join(folder, 'worker.js'), '');
  server = await serve(folder);
  configure(folder, { url: server.url });
  sound = await visit(server.url);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const gradesOf = (findings: { grade: string }[]): string[] => [...new Set(findings.map(({ grade }) => grade))];
const answer = (changes: Partial<SiteResponse>): SiteResponse => ({ ...sound.page, ...changes });

test('finds no fault with npm start', async () => {
  const findings = await verifyDeploy(server.url);
  expect(findings.filter(({ grade }) => grade === 'FAULT')).toEqual([]);
});

test.for(['', 'planner.example', 'https://planner.example/path', 'ftp://planner.example/'])(
  'rejects "%s" as a URL',
  async (address) => {
    await expect(verifyDeploy(address)).rejects.toThrow('Usage');
  },
);

test('explains that a site does not respond', async () => {
  await expect(visit('http://127.0.0.1:1/')).rejects.toThrow('did not respond');
});

describe('PAGE-7: the fallback to the page', () => {
  test('accepts 404.html instead of a fallback, as a weakness', () => {
    const screens = [answer({ status: 404 })];
    expect(gradesOf(fallbackFindings({ ...sound, screens, missing: [] }))).toEqual(['weak']);
  });

  test('reports a redirect, or another page', () => {
    const screens = [answer({ status: 302 }), answer({ text: '<p>Log in</p>' })];
    expect(gradesOf(fallbackFindings({ ...sound, screens, missing: [] }))).toEqual(['FAULT']);
  });

  test('accepts that a missing file is forbidden, as by a bucket, but not that it is a page', () => {
    expect(gradesOf(fallbackFindings({ ...sound, screens: [], missing: [answer({ status: 403 })] }))).toEqual(['ok']);
    expect(gradesOf(fallbackFindings({ ...sound, screens: [], missing: [answer({})] }))).toEqual(['FAULT']);
  });
});

test('accepts ten minutes of caching if the host cannot set headers, and reports it elsewhere', () => {
  const tenMinutes = (answers: SiteResponse): SiteResponse => ({
    ...answers,
    headers: new Headers({ ...Object.fromEntries(answers.headers), 'cache-control': 'max-age=600' }),
  });
  const { worker, page } = sound;
  const other: Site = { ...sound, screens: [], worker: tenMinutes(worker), entries: [] };
  expect(gradesOf(lifetimeFindings(other))).toContain('FAULT');
  const bare = tenMinutes(page);
  bare.headers.delete('content-security-policy');
  expect(gradesOf(lifetimeFindings({ ...other, page: bare }))).not.toContain('FAULT');
});

test('reports a worker behind a redirect, of another type, or with another scope', () => {
  for (const changes of [
    { status: 301 },
    { status: 404 },
    { type: 'text/html' },
    { headers: new Headers({ 'service-worker-allowed': '/elsewhere/' }) },
  ]) {
    expect(gradesOf(workerFindings({ ...sound, worker: { ...sound.worker, ...changes } }))).toContain('FAULT');
  }
});

test('REG-4: reports a metadata document that is a page, on another origin, or has a secret', () => {
  const url = new URL('https://planner.example/');
  const own = {
    client_id: 'https://planner.example/client-metadata.json',
    redirect_uris: ['https://planner.example/callback'],
    token_endpoint_auth_method: 'none',
  };
  const graded = (document: object | string, type = 'application/json') => {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    return gradesOf(metadataFindings({ ...sound, url, metadata: answer({ type, text, status: 200 }) }));
  };
  expect(graded(own)).toEqual(['ok']);
  expect(graded(own, 'text/html')).toEqual(['FAULT']);
  expect(graded(PAGE)).toEqual(['FAULT']);
  expect(graded({ ...own, client_id: 'https://other.example/client-metadata.json' })).toEqual(['FAULT']);
  expect(graded({ ...own, redirect_uris: [...own.redirect_uris, 'https://other.example/'] })).toEqual(['FAULT']);
  expect(graded({ ...own, client_secret: 'x' })).toEqual(['FAULT']);
  expect(graded({ ...own, client_name: 'x'.repeat(6_000) })).toEqual(['FAULT']);
});

test('accepts services.json as JSON or missing, never as a page', () => {
  expect(gradesOf(servicesFindings({ ...sound, services: answer({}) }))).toEqual(['FAULT']);
  expect(gradesOf(servicesFindings({ ...sound, services: answer({ status: 404 }) }))).toEqual(['weak']);
  expect(gradesOf(servicesFindings(sound))).toEqual(['ok']);
});
