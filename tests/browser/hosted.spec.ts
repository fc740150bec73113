/** The built folder after `npm run configure` for nginx: its guarantees hold, and verify-deploy reports defects. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pageHeaders } from '#scripts/hosting.mjs';
import { root } from '#scripts/ensure-installed.mjs';
import { serveByNginx } from '#scripts/nginx.mjs';
import { runTool } from '#scripts/processes.mjs';
import { throwAwayCertificate } from '#tests/support/certificate.ts';

import { expect, test as base } from './app.ts';

type Site = Awaited<ReturnType<typeof serveByNginx>>;
type Options = NonNullable<Parameters<typeof serveByNginx>[2]>;

interface Hosted {
  /** Serves a copy of the build until the test ends. */
  host(options: Options): Promise<Site>;
  /** Files of this test only. */
  folder: string;
  /** Serves by https, and runs `npm run verify-deploy` on it as a deployer does. */
  verify(options: Options): Promise<{ code: number; output: string }>;
}

const test = base.extend<Hosted>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed off this pattern
  folder: async ({}, provide) => {
    const folder = mkdtempSync(join(tmpdir(), 'hosted-'));
    await provide(folder);
    rmSync(folder, { recursive: true });
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  host: async ({}, provide) => {
    const sites: Site[] = [];
    await provide(async (options) => {
      const site = await serveByNginx(process.env['NGINX'] ?? 'nginx', 'dist', options);
      sites.push(site);
      return site;
    });
    await Promise.all(sites.map((site) => site.close()));
  },
  verify: async ({ host, folder }, provide) => {
    await provide(async (options) => {
      const tls = await throwAwayCertificate();
      const certificate = join(folder, 'cert.pem');
      writeFileSync(certificate, tls.cert);
      const { url } = await host({ ...options, tls });
      return runTool(join(root, 'scripts/verify-deploy.mjs'), [url], {
        quiet: true,
        env: { NODE_EXTRA_CA_CERTS: certificate },
      });
    });
  },
});

/** A services.json with one service and nothing else. */
function closedServices(folder: string): string {
  const file = join(folder, 'services.json');
  const notices = {
    id: 'notices',
    name: 'Notices',
    resource: 'https://api.notices.example/v1',
    issuer: 'https://login.notices.example',
  };
  writeFileSync(file, JSON.stringify({ birdsong: false, addService: false, services: [notices] }));
  return file;
}

/** Changes a file of a configured copy, and fails if nothing changes. */
function change(folder: string, path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  const changed = text.replaceAll(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, path), changed);
}

test.describe('behind nginx', () => {
  test('PAGE-1, PAGE-4: every response has the headers that npm start sends', async ({ host }) => {
    const { url } = await host({ path: '/planner/' });
    for (const path of [
      '',
      'connections',
      'worker.js',
      'services.json',
      'none.json',
      '.well-known/openid-configuration',
    ]) {
      const { headers } = await fetch(new URL(path, url));
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      for (const [name, value] of Object.entries(pageHeaders({ policy, secure: false }))) {
        expect([path, name, headers.get(name)]).toEqual([path, name, value]);
      }
    }
    expect((await fetch(url.slice(0, -1))).url).toBe(url);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  test('verify-deploy finds no weakness in a locked deployment with its own host and a contact', async ({
    verify,
    folder,
  }) => {
    const choices = { servicesFile: closedServices(folder), contact: 'mailto:safe@planner.example' };
    const { code, output } = await verify({ choices });
    expect(output).toContain(' 0 weak, 0 faults');
    expect(output).toContain('https://login.notices.example');
    expect(code).toBe(0);
  });

  test('STO-5: verify-deploy warns that a deployment under a path shares its origin, and finds nothing else', async ({
    verify,
  }) => {
    const { code, output } = await verify({ path: '/planner/' });
    expect(output).toMatch(/weak +Origin +is shared/);
    expect(output).toMatch(/weak +connect-src +is open/);
    expect(output).toContain(', 0 faults');
    expect(code).toBe(0);
  });

  test('verify-deploy names each fault of a broken deployment', async ({ verify, folder }) => {
    const choices = { servicesFile: closedServices(folder), contact: 'mailto:safe@planner.example' };
    const { code, output } = await verify({
      path: '/',
      choices,
      spoil: (site) => {
        const conf = 'hosting/nginx.conf';
        change(site, conf, /add_header Referrer-Policy .*\n/g, '');
        change(site, conf, 'max-age=63072000', 'max-age=300');
        change(site, conf, "frame-ancestors 'none'; ", '');
        change(site, conf, 'https://login.notices.example', 'https:');
        change(site, conf, 'try_files $uri =404;', 'try_files $uri /index.html;');
        change(site, conf, '"no-cache"', '"max-age=3600"');
        change(site, conf, /^location \//gm, 'location = /worker.js { types { } default_type text/plain; }\n$&');
        change(site, 'client-metadata.json', '/client-metadata.json', '/elsewhere.json');
        change(site, 'client-metadata.json', '/callback', '/back');
        change(site, '.well-known/security.txt', /Expires: \d+/g, 'Expires: 2020');
        const entry = /src="\/(assets\/[^"]+)"/.exec(readFileSync(join(site, 'index.html'), 'utf8'))?.[1] ?? '';
        appendFileSync(join(site, entry), '\n');
      },
    });
    const faults = output.split('\n').filter((line) => line.startsWith('FAULT'));
    for (const named of [
      /Content-Security-Policy of \/ +frame-ancestors is "missing"/,
      /Content-Security-Policy of worker.js +is missing/,
      /Referrer-Policy +is missing/,
      /Strict-Transport-Security +is "max-age=300"/,
      /Missing .well-known\/openid-configuration +is 200 text\/html/,
      /Missing assets\/no-such-file/,
      /Missing no-such-file.json/,
      /Cache-Control of \/ +is "max-age=3600"/,
      /Cache-Control of worker.js/,
      /worker.js +is text\/plain/,
      /Entry \/assets\/\S+ +is not what was built/,
      /client-metadata.json +names "\S+elsewhere.json" as its client_id/,
      /client-metadata.json +lacks the redirect URI/,
      /security.txt +is expired/,
    ]) {
      expect(faults.filter((line) => named.test(line)).length, `${String(named)} in\n${output}`).toBeGreaterThan(0);
    }
    expect(code).toBe(1);
  });

  test('PAGE-1: verify-deploy recognizes a host without headers, where the page protects itself as far as it can', async ({
    host,
    verify,
    page,
    complaints,
  }) => {
    const bare = (site: string) => change(site, 'hosting/nginx.conf', /add_header .*\n/g, '');
    const { output } = await verify({ spoil: bare });
    expect(output).toMatch(
      /weak +Content-Security-Policy +comes from the page’s <meta> alone: it cannot refuse framing/,
    );
    expect(output).toMatch(/weak +X-Frame-Options +is missing/);

    const { url } = await host({ spoil: bare });
    await page.goto(url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(complaints).toEqual([]);
    expect(await page.evaluate(refusals, 'http://192.0.2.1/')).toEqual(['innerHTML', 'inline script', 'connect']);
    complaints.length = 0; // The console errors of the violations themselves.
  });
});

test('PAGE-2: a locked deployment calls only its services, and offers no "Add a service"', async ({
  host,
  folder,
  page,
  context,
  complaints,
}) => {
  await page.route('https://api.notices.example/**', (route) =>
    route.fulfill({ headers: { 'Access-Control-Allow-Origin': '*' }, body: 'here' }),
  );
  const choices = { servicesFile: closedServices(folder), name: 'Town Planner' };
  const { url } = await host({ path: '/planner/', choices });

  await page.goto(`${url}connections`);
  await expect(page).toHaveTitle('Connections · Town Planner');
  await expect(page.getByRole('button', { name: 'Connect Notices' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Add a service' })).toBeHidden();
  await expect(page.getByText('Birdsong')).toHaveCount(0);
  // Birdsong is also off in the worker, which still serves the app.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const [worker] = context.serviceWorkers();
  expect(await worker?.evaluate(() => ['deployment' in globalThis, 'birdsong' in globalThis])).toEqual([true, false]);

  expect(await page.evaluate(async () => (await fetch('https://api.notices.example/v1')).text())).toBe('here');
  expect(await page.evaluate(refusals, 'https://elsewhere.example/')).toEqual([
    'innerHTML',
    'inline script',
    'connect',
  ]);
  complaints.length = 0; // The console errors of the violations themselves.
  await page.goto(`${url}services/new`);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

/** Tries what an injected script would try. Returns what the page blocks. */
async function refusals(foreign: string): Promise<string[]> {
  const refused: string[] = [];
  try {
    document.body.innerHTML = '<p>x</p>';
  } catch {
    refused.push('innerHTML');
  }
  const inline = document.createElement('script');
  try {
    inline.text = 'globalThis.isInjected = true';
  } catch {
    // Blocked by Trusted Types here, by the policy below.
  }
  document.body.append(inline);
  if (!('isInjected' in globalThis)) refused.push('inline script');
  const violated = new Promise<void>((resolve) => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (effectiveDirective === 'connect-src') resolve();
    });
  });
  const answer = fetch(foreign).catch(() => undefined);
  if ((await answer) === undefined) refused.push('connect');
  await violated;
  return refused;
}
