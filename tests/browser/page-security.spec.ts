import { connected, expect, goToBirdsong, postNow, test } from './app.ts';

test('PAGE-5: requests nothing outside the app’s own origin, over the whole story', async ({
  page,
  appUrl,
  context,
}) => {
  const origins = new Set<string>();
  context.on('request', (request) => origins.add(new URL(request.url()).origin));
  await connected(page, appUrl);
  await postNow(page, 'From here alone');
  await expect(page.getByRole('article').filter({ hasText: 'From here alone' })).toContainText('Sent');
  expect([...origins]).toEqual([new URL(appUrl).origin]);
});

test('PAGE-5: no screen requests anything from another origin', async ({ page, appUrl, context }) => {
  const origins = new Set<string>();
  context.on('request', (request) => origins.add(new URL(request.url()).origin));
  const routes = [
    '',
    'connections',
    'services/new',
    'inspector',
    'settings',
    'signed-out',
    'compose/none',
    'callback',
    'none',
  ];
  for (const route of routes) {
    await page.goto(`${appUrl}${route}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect([...origins]).toEqual([new URL(appUrl).origin]);
});

test('PAGE-4: a page of another origin cannot frame the app', async ({ page, appUrl, complaints }) => {
  const elsewhere = new URL(appUrl.replace('localhost', '127.0.0.1'));
  await page.route(`${elsewhere.origin}/frame`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${appUrl}"></iframe>` }),
  );
  await page.goto(`${elsewhere.origin}/frame`);
  await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
  complaints.length = 0; // The console error of the blocked frame itself.
});

test('PAGE-1, PAGE-3: blocks an inline script, a string as HTML and a second policy', async ({
  page,
  appUrl,
  complaints,
}) => {
  await page.goto(appUrl);
  const outcome = await page.evaluate(() => {
    const refusals: string[] = [];
    const inline = document.createElement('script');
    const attempt = (name: string, act: () => void): void => {
      try {
        act();
      } catch {
        refusals.push(name);
      }
    };
    attempt('innerHTML', () => (document.body.innerHTML = '<p>x</p>'));
    attempt('script text', () => (inline.text = 'globalThis.isInjected = true'));
    document.body.append(inline);
    // The types of this test project do not include Trusted Types; Chromium supports them.
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): void };
    };
    attempt('policy', () => trustedTypes.createPolicy('another', {}));
    return { refusals, isInjected: 'isInjected' in globalThis };
  });
  expect(outcome).toEqual({ refusals: ['innerHTML', 'script text', 'policy'], isInjected: false });
  expect(complaints.length).toBeGreaterThan(0);
  complaints.length = 0; // The console errors of the violations themselves.
});

test('PAGE-2: requests no unencrypted URL except on this machine', async ({ page, appUrl, complaints }) => {
  await page.goto(appUrl);
  const refused = await page.evaluate(async () => {
    const addresses = ['http://192.0.2.1/', 'http://localhost.evil.example/'];
    const directives: string[] = [];
    const all = new Promise<void>((resolve) => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        directives.push(effectiveDirective);
        if (directives.length === addresses.length) resolve();
      });
    });
    const answers = await Promise.allSettled(addresses.map((address) => fetch(address)));
    await all;
    return [...directives, ...answers.map(({ status }) => status)];
  });
  expect(refused).toEqual(['connect-src', 'connect-src', 'rejected', 'rejected']);
  expect(complaints.length).toBeGreaterThan(0);
  complaints.length = 0; // The console errors of the violations themselves.
});

test('says in plain words that there are no service workers, and otherwise works', async ({ page, appUrl }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  await page.goto(appUrl);
  await expect(page.getByText('Birdsong can’t run in this window.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Connect Birdsong/ })).toBeHidden();
  await page.getByRole('link', { name: 'Flow inspector', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Flow inspector' })).toBeVisible();
});

test('a connection in progress can be cancelled', async ({ page, appUrl }) => {
  await page.goto(appUrl);
  // Birdsong's pages exist once the service worker controls this one.
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await page.goto(`${appUrl}birdsong/controls`);
  await page.getByRole('button', { name: /slow/i }).click();
  await page.goto(appUrl);
  await page.getByRole('button', { name: /^Connect Birdsong/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: /^Connect Birdsong/ })).toBeEnabled();
  await goToBirdsong(page);
});
