/**
 * What the user sees when servers misbehave, and that nothing they wrote is lost. The page's requests to one URL are redirected
 * to a server on another origin that really misbehaves; tests/connections/failures has many more cases, in Node.
 */
import type { Page } from '@playwright/test';

import { json, page as webPage, redirectTo, type Fault } from '#tests/support/fault.ts';
import { startMisbehavingServer } from '#tests/support/misbehaving-server.ts';

import { allow, connected, expect, postNow, pressControls, test as base } from './app.ts';

/** The faults by the names that the tests use. */
const FAULTS = {
  missing: json(404, { nothing: 'here' }),
  html: webPage(200),
  huge: json(200, { padding: 'x'.repeat(300 * 1024) }),
  failing: webPage(500),
  refusing: json(400, { error: 'invalid_grant' }),
  limiting: json(429, {}),
  redirecting: redirectTo('/elsewhere'),
  'no-cors': { kind: 'unreadable' },
  'no-preflight': { kind: 'preflight-refused' },
  hanging: { kind: 'silence' },
  cutting: { kind: 'hang-up' },
} satisfies Record<string, Fault>;
type FaultName = keyof typeof FAULTS;

const test = base.extend<{ misbehave: (page: Page, ending: string, name: FaultName) => Promise<void> }>({
  // The browser logs the faults as console errors: a test checks the texts on the page instead.
  misbehave: async ({ complaints }, provide) => {
    const server = await startMisbehavingServer();
    await provide((page, ending, name) => {
      const trouble = `${server.urls.issuer}/trouble`;
      server.misbehave(trouble, FAULTS[name]);
      return page.evaluate(
        ([path, url]) => sessionStorage.setItem('test-fault', JSON.stringify({ path, url })),
        [ending, trouble],
      );
    });
    await server.stop();
    const unexpected = complaints.filter((complaint) => !/CORS|Failed to load resource/.test(complaint));
    expect(unexpected).toEqual([]);
    complaints.length = 0;
  },
  page: async ({ page }, provide) => {
    await page.addInitScript(() => {
      // The worker does not respond here, so that the page refreshes and its requests can be redirected too.
      const { postMessage } = ServiceWorker.prototype;
      ServiceWorker.prototype.postMessage = function (message: unknown, transfer?: unknown) {
        const isRefresh = typeof message === 'object' && message !== null && 'type' in message;
        if (isRefresh && sessionStorage.getItem('test-fault') !== null) return;
        postMessage.call(this, message, transfer as StructuredSerializeOptions);
      };
      const { fetch } = globalThis;
      globalThis.fetch = (input, init) => {
        const asked = input instanceof Request ? input : new Request(input, init);
        const fault = JSON.parse(sessionStorage.getItem('test-fault') ?? '{}') as { path?: string; url?: string };
        const isLedAway = fault.path !== undefined && new URL(asked.url).pathname.endsWith(fault.path);
        return isLedAway && fault.url !== undefined ? fetch(fault.url, { ...init }) : fetch(input, init);
      };
    });
    await provide(page);
  },
});

const heal = (page: Page): Promise<void> => page.evaluate(() => sessionStorage.removeItem('test-fault'));

const DRAFT = 'Half a sentence that must not be lost';

/** Makes the browser forget the server's metadata and its registration, so that the next connection needs both. */
function forgetServer(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (const name of ['discovery', 'registrations']) {
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.addEventListener('success', () => resolve());
        request.addEventListener('error', () => reject(new Error(`${name} is in use`)));
      });
    }
  });
}

/** Connected, with a draft, and at Connections: ready to connect a second account, which meets the fault. */
async function readyToConnect(page: Page, appUrl: string): Promise<void> {
  await connected(page, appUrl);
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill(DRAFT);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByRole('button', { name: 'Connect another account' })).toBeEnabled();
  await forgetServer(page);
}

/** The draft and the first connection are unchanged. */
async function expectNothingLost(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}connections`);
  await expect(page.getByText('Lowtide Press, @lowtide')).toBeVisible();
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1);
  await page.getByRole('link', { name: 'Planner', exact: true }).click();
  await expect(page.getByRole('article').filter({ hasText: DRAFT })).toContainText('Draft');
}

const RESOURCE = 'oauth-protected-resource/birdsong/api';
const DOCUMENT = 'Birdsong for its metadata';

const BEFORE_LEAVING: [FaultName, string, RegExp[]][] = [
  ['missing', RESOURCE, [/Birdsong wasn’t found/, new RegExp(DOCUMENT)]],
  ['html', RESOURCE, [/Birdsong sent a web page/, new RegExp(DOCUMENT)]],
  ['huge', RESOURCE, [/Birdsong sent a response that is too large/, /256 KB/, new RegExp(DOCUMENT)]],
  ['failing', RESOURCE, [/Birdsong had an error/, new RegExp(DOCUMENT)]],
  ['limiting', RESOURCE, [/Birdsong is limiting requests/, new RegExp(DOCUMENT)]],
  [
    'no-cors',
    RESOURCE,
    [/Birdsong couldn’t be reached/, new RegExp(DOCUMENT), /offline/, /CORS/, /Access-Control-Allow-Origin: http/],
  ],
  ['redirecting', RESOURCE, [/Birdsong redirects the request/, new RegExp(DOCUMENT), /Redirects aren’t followed/]],
  ['cutting', '/birdsong/register', [/Birdsong couldn’t be reached/, /to register it/, /Access-Control-Allow-Head/]],
  ['html', '/birdsong/register', [/Birdsong sent an invalid response/, /to register it/]],
];

for (const [kind, ending, sentences] of BEFORE_LEAVING) {
  test(`${ending} is ${kind}: explained in plain words, nothing is lost, and a retry works`, async ({
    page,
    appUrl,
    misbehave,
  }) => {
    await readyToConnect(page, appUrl);
    await misbehave(page, ending, kind);
    await page.getByRole('button', { name: 'Connect another account' }).click();
    const main = page.getByRole('main');
    for (const sentence of sentences) await expect(main).toContainText(sentence);
    await expectNothingLost(page, appUrl);
    await heal(page);
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('button', { name: 'Connect another account' }).click();
    await allow(page, { person: 'Robin Adeyemi' });
    await expect(page.getByText('Robin Adeyemi, @robin')).toBeVisible();
  });
}

test('metadata that never arrives can be cancelled, at once and calmly', async ({ page, appUrl, misbehave }) => {
  await readyToConnect(page, appUrl);
  await misbehave(page, RESOURCE, 'hanging');
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Connect another account' })).toBeEnabled();
  await expectNothingLost(page, appUrl);
});

test('metadata that never arrives times out after ten seconds', async ({ page, appUrl, misbehave }) => {
  await readyToConnect(page, appUrl);
  await misbehave(page, RESOURCE, 'hanging');
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await expect(page.getByRole('main')).toContainText('Birdsong took too long', { timeout: 15_000 });
  await expect(page.getByRole('main')).toContainText('after 10 seconds');
});

const AFTER_RETURNING: [FaultName, string, RegExp[]][] = [
  [
    'refusing',
    '/birdsong/token',
    [/Birdsong rejected the request/, /authorization server for tokens/, /invalid_grant/],
  ],
  ['failing', '/birdsong/token', [/Birdsong had an error/, /authorization server for tokens/]],
  ['html', '/birdsong/token', [/Birdsong sent an invalid response/, /authorization server for tokens/]],
  ['no-cors', '/birdsong/token', [/Birdsong couldn’t be reached/, /CORS/, /Access-Control-Allow-Origin: http/]],
];

for (const [kind, ending, sentences] of AFTER_RETURNING) {
  test(`at the callback ${ending} is ${kind}: explained in plain words, nothing is lost, and a retry works`, async ({
    page,
    appUrl,
    misbehave,
  }) => {
    await readyToConnect(page, appUrl);
    await misbehave(page, ending, kind);
    await page.getByRole('button', { name: 'Connect another account' }).click();
    await allow(page, { person: 'Robin Adeyemi' });
    const main = page.getByRole('main');
    for (const sentence of sentences) await expect(main).toContainText(sentence);
    await heal(page);
    await page.getByRole('button', { name: 'Start again' }).click();
    await allow(page, { person: 'Robin Adeyemi' });
    await expect(page.getByText('Robin Adeyemi, @robin')).toBeVisible();
    await page.getByRole('link', { name: 'Planner', exact: true }).click();
    await expect(page.getByRole('article').filter({ hasText: DRAFT })).toContainText('Draft');
  });
}

test('B13: keys that cannot be read cost no sign-in, and nothing else is lost', async ({ page, appUrl, misbehave }) => {
  await readyToConnect(page, appUrl);
  await misbehave(page, '/birdsong/jwks', 'cutting');
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await allow(page, { person: 'Robin Adeyemi' });
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(2);
  await page.getByRole('link', { name: 'Planner', exact: true }).click();
  await expect(page.getByRole('article').filter({ hasText: DRAFT })).toContainText('Draft');
});

test('a code exchange that never ends can be cancelled on the callback page', async ({ page, appUrl, misbehave }) => {
  await readyToConnect(page, appUrl);
  await misbehave(page, '/birdsong/token', 'hanging');
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await allow(page, { person: 'Robin Adeyemi' });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'You cancelled the sign-in to Birdsong' })).toBeFocused();
  await expectNothingLost(page, appUrl);
});

const REFRESHING: [FaultName, RegExp, RegExp][] = [
  ['refusing', /Sign in to Birdsong again/, /Signed out/],
  ['failing', /Birdsong had a server error/, /Waiting for Birdsong.*Retrying in/],
  ['cutting', /No response came from Birdsong/, /Waiting for the network.*Retrying in/],
  ['limiting', /Birdsong says you are posting too often/, /Waiting for Birdsong.*Too many requests/],
];

for (const [kind, card, status] of REFRESHING) {
  test(`a refresh that is ${kind}: keeps the post and says why`, async ({ page, appUrl, misbehave }) => {
    await connected(page, appUrl);
    await pressControls(page, appUrl, 'Expire access tokens now');
    await misbehave(page, '/birdsong/token', kind);
    await postNow(page, 'Kept whatever happens');
    const post = page.getByRole('article').filter({ hasText: 'Kept whatever happens' });
    await expect(post).toContainText(card);
    await page.getByRole('link', { name: 'Connections' }).click();
    await expect(page.getByRole('main')).toContainText(status);
  });
}

test('REV-4: a server that does not confirm: the connection is deleted here, with a note where to end access by hand', async ({
  page,
  appUrl,
  misbehave,
}) => {
  await connected(page, appUrl);
  await misbehave(page, '/birdsong/revoke', 'failing');
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('main')).toContainText('didn’t confirm');
  await expect(page.getByRole('main').getByRole('link', { name: /controls/ })).toHaveAttribute(
    'href',
    `${appUrl}birdsong/controls`,
  );
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('No connections yet')).toBeVisible();
});

const UNSENT: [FaultName, string][] = [
  ['cutting', 'the line is cut'],
  ['no-preflight', 'the browser is not given leave'],
];

for (const [name, how] of UNSENT) {
  test(`API-9: a post that cannot be sent since ${how} is kept, with both possible causes, and sent later`, async ({
    page,
    appUrl,
    misbehave,
  }) => {
    await connected(page, appUrl);
    await misbehave(page, '/birdsong/api/posts', name);
    await postNow(page, 'When the line is back');
    const post = page.getByRole('article').filter({ hasText: 'When the line is back' });
    await expect(post).toContainText('No response came from Birdsong.');
    await expect(post).toContainText('offline');
    await expect(post).toContainText('CORS');
    await heal(page);
    await post.getByRole('button', { name: 'Try again' }).click();
    await expect(post).toContainText('Sent');
  });
}
