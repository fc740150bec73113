/** Further stories of the pictures: missing permissions, other accounts, settings, and failures. */

import { connectBirdsong } from './picture-story.mjs';

/** @typedef {import('./picture-story.mjs').Step} Step */

/** @type {Step[]} */
const PERMISSIONS = [
  {
    name: 'composer-not-allowed',
    act: async (page, url) => {
      await page.goto(url);
      await page.getByRole('button', { name: /^Connect Birdsong/ }).click();
      await page.getByRole('checkbox', { name: 'Post for you' }).uncheck();
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByRole('button', { name: 'New post' }).click();
      await page.getByRole('textbox', { name: 'Post' }).fill('Nine books, four debuts, all printed in Leith.');
    },
  },
  {
    name: 'planner-more-permission',
    act: async (page) => {
      await page.getByRole('button', { name: /^Post now/ }).click();
      await page.getByRole('article').getByRole('button', { name: 'Allow posting' }).waitFor();
    },
  },
  {
    name: 'connections-missing-permission',
    act: async (page, url) => {
      await page.goto(`${url}connections`);
      await page.getByText('Details').click();
    },
  },
  {
    name: 'callback-denied',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Allow/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Deny' }).click();
      await page.getByRole('heading', { name: 'You said no to Birdsong' }).waitFor();
    },
  },
  {
    name: 'callback-other-person',
    act: async (page) => {
      await page.getByRole('button', { name: 'Ask again' }).click();
      await page.getByRole('radio', { name: 'Robin Adeyemi' }).check();
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByRole('button', { name: /as a separate connection/ }).waitFor();
    },
  },
  {
    name: 'connections-two',
    act: async (page) => {
      await page.getByRole('button', { name: /as a separate connection/ }).click();
      await page.getByRole('article', { name: /Robin Adeyemi/ }).waitFor();
    },
  },
];

/** @type {Step[]} */
const FAILED_SIGN_INS = [
  {
    name: 'connect-failed',
    act: async (page, url) => {
      await connectBirdsong(page, url);
      await page.goto(`${url}connections`);
      await page.getByRole('button', { name: 'Connect another account' }).waitFor();
      await page.evaluate(async () => {
        globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
        // Cached server metadata would let the sign-in continue.
        await new Promise((resolve) => {
          indexedDB.deleteDatabase('discovery').addEventListener('success', resolve);
        });
      });
      await page.getByRole('button', { name: 'Connect another account' }).click();
      await page.getByText('For the server’s operator').click();
    },
  },
  {
    name: 'callback-failed',
    act: async (page, url) => {
      await page.goto(`${url}connections`);
      await page.addInitScript(() => {
        const { fetch } = globalThis;
        globalThis.fetch = (input, init) =>
          sessionStorage.getItem('fails') !== null && new Request(input, init).url.endsWith('/token')
            ? Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))
            : fetch(input, init);
      });
      await page.evaluate(() => sessionStorage.setItem('fails', 'yes'));
      await page.getByRole('button', { name: 'Connect another account' }).click();
      // Exact, because the connections have buttons to allow more until the page has left.
      await page.getByRole('button', { name: 'Allow', exact: true }).click();
      await page.getByRole('heading', { name: 'Birdsong had an error' }).waitFor();
      await page.evaluate(() => sessionStorage.removeItem('fails'));
    },
  },
  {
    name: 'callback-repeated',
    act: async (page, url) => {
      await page.goto(`${url}callback?code=a&code=b&state=c`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  {
    name: 'callback-bare',
    act: async (page, url) => {
      await page.goto(`${url}callback`);
      await page.getByRole('heading', { name: 'Nothing to finish here' }).waitFor();
    },
  },
];

/** @type {Step[]} */
const ENDED_ACCESS = [
  {
    name: 'planner-needs-sign-in',
    act: async (page, url) => {
      await connectBirdsong(page, url);
      const controls = await page.context().newPage();
      await controls.goto(`${url}birdsong/controls`);
      await controls.getByRole('button', { name: 'Revoke the app’s access' }).click();
      await controls.waitForLoadState('load');
      await controls.close();
      await page.bringToFront();
      await page.goto(url);
      await page.getByRole('button', { name: 'New post' }).click();
      await page.getByRole('textbox', { name: 'Post' }).fill('Reading group: the January vote is open.');
      await page.getByRole('button', { name: /^Post now/ }).click();
      await page.getByRole('article').getByRole('button', { name: 'Reconnect' }).first().waitFor();
    },
  },
  {
    name: 'connections-needs-sign-in',
    act: async (page, url) => {
      await page.goto(`${url}connections`);
      await page.getByText('Birdsong ended this sign-in').first().waitFor();
    },
  },
  {
    name: 'disconnect-dialog',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Disconnect/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'disconnect-result',
    act: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
      await page.getByText('account disconnected').first().waitFor();
    },
  },
];

/** @type {Step[]} */
const STORAGE_AND_SETTINGS = [
  {
    name: 'storage-full',
    act: async (page, url) => {
      await connectBirdsong(page, url);
      await page.evaluate(() => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (value, key) {
          const request = put.call(this, value, key);
          Object.defineProperty(this.transaction, 'error', {
            value: new DOMException('no room', 'QuotaExceededError'),
          });
          this.transaction.abort();
          return request;
        };
      });
      await page.getByRole('button', { name: 'New post' }).click();
      await page.getByRole('textbox', { name: 'Post' }).fill('Too much for this disk');
      await page.keyboard.press('Escape');
      await page.getByText('This device is out of storage.').waitFor();
    },
  },
  {
    name: 'settings',
    act: async (page, url) => {
      await page.goto(`${url}settings`);
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
    },
  },
  {
    name: 'key-map',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'erase',
    act: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: /erase/ }).fill('erase');
      await page.getByRole('textbox', { name: /erase/ }).scrollIntoViewIfNeeded();
    },
  },
];

/** Separate stories, each run in a new browser profile. */
export const TROUBLE = {
  'missing permissions': PERMISSIONS,
  'failed sign-ins': FAILED_SIGN_INS,
  'ended access': ENDED_ACCESS,
  'storage and settings': STORAGE_AND_SETTINGS,
};
