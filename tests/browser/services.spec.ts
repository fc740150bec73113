/** Services of other projects, on origins of their own: added by URL, connected, called from the console, disconnected. */
import { axeViolations, connected, expect } from './app.ts';
import { forgiveCors, search, signInAsAda, test } from './peers.ts';

test('oidc-provider: found by its API, connected with the minimum, called, given more permission, disconnected', async ({
  page,
  appUrl,
  peers: { oidc },
}) => {
  await search(page, appUrl, oidc.resource);
  await expect(page.getByRole('main')).toContainText('Found');
  await expect(page.getByRole('main')).toContainText(new URL(oidc.issuer).host);
  expect(await axeViolations(page)).toEqual([]);
  expect(oidc.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  await page.getByRole('checkbox', { name: /notices:read/ }).check();
  await page.getByRole('button', { name: /^Connect/ }).click();
  await signInAsAda(page);
  await expect(page).toHaveURL(`${appUrl}connections`);
  const card = page.getByRole('article', { name: /Ada Byron/ });
  await expect(card).toContainText('Renews automatically');

  await card.getByRole('link', { name: /Console/ }).click();
  await page.getByRole('textbox', { name: 'Path' }).fill('notices');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('200');
  await page.getByRole('combobox', { name: 'Method' }).selectOption('POST');
  await page.getByRole('textbox', { name: 'More headers' }).fill('Content-Type: application/json');
  await page.getByRole('textbox', { name: 'Body' }).fill('{"text": "Hello"}');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('403');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: /Allow/ }).click();
  await signInAsAda(page);
  await expect(page).toHaveURL(/console$/);
  // The form is restored.
  await expect(page.getByRole('textbox', { name: 'Body' })).toHaveValue('{"text": "Hello"}');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('201');

  await page.goto(`${appUrl}connections`);
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1);
  await card.getByRole('button', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('main')).toContainText('account disconnected');
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('workers-oauth-provider on another origin, found by its authorization server only', async ({
  page,
  appUrl,
  peers,
  complaints,
}) => {
  await search(page, appUrl, peers.birdsong.issuer);
  await page.getByRole('button', { name: /^Connect/ }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page).toHaveURL(`${appUrl}connections`);
  await expect(page.getByRole('article', { name: /@lowtide/ })).toBeVisible();
  forgiveCors(complaints);
});

test('M-14: Birdsong and another service at once, each with its own token', async ({
  page,
  appUrl,
  peers,
  context,
}) => {
  const bearers = new Map<string, Set<string>>();
  context.on('request', (request) => {
    const token = request.headers()['authorization'];
    if (token === undefined) return;
    const { origin } = new URL(request.url());
    bearers.set(origin, (bearers.get(origin) ?? new Set()).add(token));
  });
  await connected(page, appUrl);
  await search(page, appUrl, peers.birdsong.resource);
  await page.getByRole('checkbox', { name: /posts:read/ }).check();
  await page.getByRole('button', { name: /^Connect/ }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(2);
  await page
    .getByRole('article', { name: /@lowtide/ })
    .last()
    .getByRole('link', { name: /Console/ })
    .click();
  await page.getByRole('textbox', { name: 'Path' }).fill('posts');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('main')).toContainText('200');
  const tokens = [...bearers.values()].flatMap((ofOrigin) => [...ofOrigin]);
  expect(new Set(tokens).size).toBe(tokens.length);
});

test('nothing found: lists the requests and the reason, and a report to copy', async ({
  page,
  appUrl,
  peers,
  context,
  complaints,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await search(page, appUrl, `${peers.birdsong.origin}/nothing`);
  await expect(page.getByRole('heading', { name: 'Nothing usable was found' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Copy report' }).click();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain(new URL(peers.birdsong.origin).host);
  expect(report).toContain('.well-known');
  forgiveCors(complaints);
});

test('services.json configures services without a rebuild, and errors are reported by line and field', async ({
  page,
  appUrl,
  peers,
}) => {
  await page.route('**/services.json', (route) =>
    route.fulfill({
      json: {
        birdsong: false,
        addService: false,
        services: [
          {
            id: 'notices',
            name: 'Notices',
            resource: peers.oidc.resource,
            issuer: peers.oidc.issuer,
            scopes: [
              { scope: ['openid', 'profile', 'offline_access'], label: 'Know who you are', first: true },
              { scope: 'notices:read', label: 'Read the notices', first: true },
            ],
          },
          { id: 'broken', name: 'Broken', resource: 'ftp://nowhere.example' },
        ],
      },
    }),
  );
  await page.goto(appUrl);
  await expect(page).toHaveURL(`${appUrl}connections`);
  await expect(page.getByRole('main')).toContainText('services[1].resource');
  await expect(page.getByRole('link', { name: 'Add a service' })).toBeHidden();
  await expect(page.getByRole('button', { name: /Birdsong/ })).toBeHidden();
  await page.getByRole('button', { name: 'Connect Notices' }).click();
  await signInAsAda(page);
  await expect(page.getByRole('article', { name: /Notices, Ada Byron/ })).toContainText('Read the notices');
});

test('a browser without service workers still connects other services', async ({ page, appUrl, peers }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  await search(page, appUrl, peers.oidc.resource);
  await page.getByRole('button', { name: /^Connect/ }).click();
  await signInAsAda(page);
  await expect(page.getByRole('article', { name: /Ada Byron/ })).toBeVisible();
});
