/** STO-6: a browser that stores nothing, a full disk, a damaged record, and deleting everything. */
import type { Page } from '@playwright/test';

import { allow, connected, expect, goToBirdsong, postNow, test } from './app.ts';
import { appIsKept } from './kept-app.ts';

const blockDatabases = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
  });

test('blocked databases: everything works in memory, and every screen says so', async ({ page, appUrl }) => {
  await blockDatabases(page);
  await page.goto(appUrl);
  const notice = page.getByText('This browser blocks storage for this site.');
  await expect(notice).toBeVisible();
  await goToBirdsong(page);
  await allow(page);
  await expect(notice).toBeVisible();
  await postNow(page, 'From memory');
  await expect(page.getByRole('article').filter({ hasText: 'From memory' })).toContainText('Sent');
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill('A thought');
  await expect(page.getByRole('dialog')).toContainText('Saved in this tab only');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(notice).toBeVisible();
  await page.getByRole('link', { name: 'Planner', exact: true }).click();
  const card = page.getByRole('article').filter({ hasText: 'A thought' });
  await expect(card).toBeVisible();
  await page.reload();
  await expect(card).toBeVisible();
});

test('blocked sessionStorage too: nothing can be connected, and the reason is shown before the redirect', async ({
  page,
  appUrl,
}) => {
  await blockDatabases(page);
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'sessionStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await page.goto(appUrl);
  await page.getByRole('button', { name: /^Connect Birdsong/ }).click();
  await expect(page.getByText('The sign-in couldn’t be saved')).toBeVisible();
});

test('a full disk: the text being written is kept in memory, and stored once there is room', async ({
  page,
  appUrl,
}) => {
  await connected(page, appUrl);
  // As browsers report it: the request succeeds, and its transaction is aborted. A real quota applies only now and then.
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      const request = put.call(this, value, key);
      Object.defineProperty(this.transaction, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
      this.transaction.abort();
      return request;
    };
  });
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill('Too much for this disk');
  await expect(page.getByRole('dialog')).toContainText('Saved in this tab only');
  await page.keyboard.press('Escape');
  await expect(page.getByText('This device is out of storage.')).toBeVisible();
  const card = page.getByRole('article').filter({ hasText: 'Too much for this disk' });
  await expect(card).toBeVisible();
  await page.reload();
  await expect(card).toBeVisible();
  await card.getByRole('button').click();
  await page.getByRole('textbox', { name: 'Post' }).fill('Too much for this disk, but not any more');
  await expect(page.getByRole('dialog')).toContainText('Saved on this device');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Post' })).toHaveValue('Too much for this disk, but not any more');
});

test('a damaged record: its connection asks for a sign-in, and the other survives', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Connect another account' }).click();
  await allow(page, { person: 'Robin Adeyemi' });
  await expect(page.getByText('Robin Adeyemi, @robin')).toBeVisible();
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('connections');
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          const cursor = transaction.objectStore('entries').openCursor();
          cursor.addEventListener('success', () => {
            const record = cursor.result?.value as { identity: { username: string }; state: unknown } | undefined;
            if (record?.identity.username === 'lowtide')
              cursor.result?.update({ ...record, state: { kind: 'connected' } });
            cursor.result?.continue();
          });
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
  );
  await page.reload();
  const card = (name: RegExp) => page.getByRole('article', { name });
  await expect(card(/@lowtide/)).toContainText('couldn’t be read');
  await expect(card(/@robin/)).toContainText('Renews automatically');
  await card(/@lowtide/)
    .getByRole('button', { name: /Reconnect/ })
    .click();
  await allow(page);
  await expect(card(/@lowtide/)).toContainText('Renews automatically');
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(2);
});

test('“Erase everything” leaves no database, storage, cache or worker, in two tabs, and restarts from the first run', async ({
  page,
  appUrl,
  context,
}) => {
  await connected(page, appUrl);
  await postNow(page, 'Soon forgotten');
  // What does not exist yet cannot be left over.
  await appIsKept(page, appUrl);
  const second = await context.newPage();
  await second.goto(appUrl);
  await expect(second.getByRole('article')).toContainText('Soon forgotten');
  await page.bringToFront();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const revoked = page.waitForResponse((response) => response.url().endsWith('/birdsong/revoke'));
  await page.getByRole('textbox', { name: /erase/ }).fill('erase');
  // The navigation is delayed, so that what is left can be counted before the app restarts.
  await page.route(appUrl, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Left</title>' }));
  await second.close();
  await page.getByRole('button', { name: 'Erase everything' }).click();
  expect((await revoked).status()).toBe(200);
  await expect(page).toHaveTitle('Left');
  // Its worker is gone too: nothing responds instead of the host.
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
  }));
  expect(left).toEqual({ databases: [], caches: [], workers: 0, local: [], session: [] });
  await page.unroute(appUrl);
  await page.goto(appUrl);
  await expect(page.getByRole('button', { name: /^Connect Birdsong/ })).toBeEnabled();
});

test('an open tab follows when another erases everything', async ({ page, appUrl, context }) => {
  await connected(page, appUrl);
  const second = await context.newPage();
  await second.goto(`${appUrl}connections`);
  await expect(second.getByText('Lowtide Press, @lowtide')).toBeVisible();
  await page.bringToFront();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: /erase/ }).fill('erase');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByRole('button', { name: /^Connect Birdsong/ })).toBeVisible();
  await expect(second.getByRole('button', { name: /^Connect Birdsong/ })).toBeVisible();
});
