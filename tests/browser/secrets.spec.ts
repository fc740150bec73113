/** STO-4: searches a whole story for the real tokens, codes and verifiers wherever they must not be. */
import type { BrowserContext, Page } from '@playwright/test';

import { allow, connected, expect, postNow, pressControls, test } from './app.ts';
import { readInspector } from './inspector.ts';

interface Seen {
  /** Tokens, codes and verifiers as they were sent and received. */
  secrets: Set<string>;
  addresses: string[];
  consoleTexts: string[];
}

/** Collects the secrets of every token request, and everything that could leak them. */
async function watch(context: BrowserContext): Promise<Seen> {
  const seen: Seen = { secrets: new Set(), addresses: [], consoleTexts: [] };
  context.on('console', (message) => seen.consoleTexts.push(message.text()));
  context.on('request', (request) => {
    seen.addresses.push(request.url());
    const form = new URLSearchParams(request.url().endsWith('/token') ? (request.postData() ?? '') : '');
    for (const name of ['code', 'code_verifier', 'refresh_token']) {
      for (const value of form.getAll(name)) seen.secrets.add(value);
    }
    const bearer = request.headers()['authorization']?.replace('Bearer ', '');
    if (bearer !== undefined) seen.secrets.add(bearer);
  });
  await context.addInitScript(() => {
    const said: unknown[] = [];
    Object.assign(globalThis, { said });
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      said.push(message);
      postMessage.call(this, message);
    };
    for (const name of ['pushState', 'replaceState'] as const) {
      const real = history[name].bind(history);
      history[name] = (state: unknown, unused: string, url?: string | URL | null) => {
        said.push(state, url);
        real(state, unused, url);
      };
    }
  });
  return seen;
}

/** Everything that this page shows, stores outside the vault, or has sent to other tabs and the history. */
function everythingOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const read = (name: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(new Error(name)));
        opening.addEventListener('success', () => {
          const database = opening.result;
          const [store] = [...database.objectStoreNames];
          if (store === undefined) return resolve([]);
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.addEventListener('success', () => {
            database.close();
            resolve(reading.result);
          });
        });
      });
    const all = await indexedDB.databases();
    // The vault stores them, and Birdsong is the server that issued them.
    const others = all.map(({ name = '' }) => name).filter((name) => name !== 'connections' && name !== 'birdsong');
    const stored = await Promise.all(others.map(async (name) => [name, await read(name)]));
    // Set by `watch`, above.
    const { said } = globalThis as unknown as { said: unknown };
    const shown = document.documentElement.outerHTML;
    return JSON.stringify([location.href, document.title, localStorage, sessionStorage, stored, said, shown]);
  });
}

/** The tokens in the vault. */
function tokensInVault(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('connections');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('no vault')));
    });
    const records = await new Promise<{ state: { grant: { accessToken: string; refreshToken: string } } }[]>(
      (resolve) => {
        const request = database.transaction('entries').objectStore('entries').getAll();
        request.addEventListener('success', () => resolve(request.result));
      },
    );
    database.close();
    return records.flatMap(({ state }) => [state.grant.accessToken, state.grant.refreshToken]);
  });
}

test('STO-4, API-1: no token, code or verifier is in any URL, the history, the console, a broadcast, a store but the vault, or a page', async ({
  page,
  appUrl,
  context,
}) => {
  const seen = await watch(context);
  const pages: string[] = [];
  const look = async (): Promise<void> => void pages.push(await everythingOf(page));

  await connected(page, appUrl, { untick: ['Post for you'] });
  await look();
  await postNow(page, 'Look everywhere');
  await page.getByRole('article').getByRole('button', { name: 'Allow posting' }).click();
  await allow(page);
  const card = page.getByRole('article').filter({ hasText: 'Look everywhere' });
  await expect(card).toContainText('Sent');
  await look();
  await pressControls(page, appUrl, 'Expire access tokens now');
  await postNow(page, 'After a refresh');
  await expect(page.getByRole('article').filter({ hasText: 'After a refresh' })).toContainText('Sent');
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByText('Details').click();
  await look();
  const inspected = await readInspector(page);
  // Otherwise the search is vacuous: a code and a token are there, masked.
  expect(inspected).toMatch(/code_verifier/);
  expect(inspected).toMatch(/access_token/);
  pages.push(inspected);
  await look();
  // The refresh ran in the worker, where no page sees its request: its tokens are in the vault.
  for (const secret of await tokensInVault(page)) seen.secrets.add(secret);
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('main')).toContainText('account disconnected');
  await look();

  // Two codes, two verifiers, three access tokens, refresh tokens: otherwise the search is vacuous.
  expect(seen.secrets.size).toBeGreaterThanOrEqual(8);
  // The callback's URL contains the code (RFC 6749 §4.1.2), which is removed at once.
  const addresses = seen.addresses.filter((address) => !new URL(address).pathname.endsWith('/callback'));
  const everything = [...addresses, ...seen.consoleTexts, ...pages].join(' ');
  for (const secret of seen.secrets) expect(everything.includes(secret), `…${secret.slice(-4)}`).toBe(false);
});

test('M-14: with two users connected, no call carries the other’s token', async ({ page, appUrl, context }) => {
  const bearers = new Map<string, Set<string>>();
  context.on('request', (request) => {
    const token = request.headers()['authorization'];
    const text = /"text":"For (\w+)"/.exec(request.postData() ?? '')?.[1];
    if (token === undefined || text === undefined) return;
    bearers.set(text, (bearers.get(text) ?? new Set()).add(token));
  });
  await connected(page, appUrl);
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await allow(page, { person: 'Robin Adeyemi' });
  await expect(page.getByText('Robin Adeyemi, @robin')).toBeVisible();
  await page.getByRole('link', { name: 'Planner', exact: true }).click();
  for (const [untick, text] of [
    [/@robin/, 'Lowtide'],
    [/@lowtide/, 'Robin'],
  ] as const) {
    await page.getByRole('button', { name: 'New post' }).click();
    await page.getByRole('checkbox', { name: untick }).uncheck();
    await page.getByRole('textbox', { name: 'Post' }).fill(`For ${text}`);
    await page.getByRole('button', { name: 'Post now on Birdsong' }).click();
    await expect(page.getByRole('article').filter({ hasText: `For ${text}` })).toContainText('Sent');
  }
  const [lowtides = new Set(), robins = new Set()] = [bearers.get('Lowtide'), bearers.get('Robin')];
  expect([lowtides.size, robins.size]).toEqual([1, 1]);
  expect([...lowtides]).not.toEqual([...robins]);
});
