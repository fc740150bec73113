/** Browsers whose users or platforms give the app less: a private window, no storage, no service worker. */
import { serve } from '#scripts/serve.mjs';
import { startOidcServer } from '#tests/support/oidc-server.ts';

import { allow, connect, expect, goTo, postNow, signInAsAda, startBrowser, test } from './app.ts';
import { INSECURE_HOST } from './puppeteer.ts';

/** How long the host holds the worker's script back: long after the first screen is drawn. */
const WORKER_DELAY_MS = 4_000;

test('a private window connects and publishes', async ({ engine, host }) => {
  const { browser, openTab, expectNoComplaints } = await startBrowser(engine, 'private');
  try {
    const page = await openTab();
    await connect(page, host.url);
    await postNow(page, 'From a private window');
    await page.sees('Sent', 'article', { text: 'From a private window' });
    await page.picture('planner');
    expectNoComplaints();
  } finally {
    await browser.close();
  }
});

test('a press of Connect while Birdsong still starts is not lost', async ({ engine }) => {
  const slowWorker = async (url: string): Promise<void> => {
    if (url.endsWith('/worker.js')) await new Promise((resolve) => void setTimeout(resolve, WORKER_DELAY_MS));
  };
  const host = await serve('dist', { beforeAnswer: slowWorker });
  const { browser, openTab, expectNoComplaints } = await startBrowser(engine);
  try {
    const page = await openTab();
    await page.open(host.url);
    await page.click('button', /^Connect Birdsong/);
    await allow(page);
    await page.isAt(host.url);
    expectNoComplaints();
  } finally {
    await browser.close();
    await host.close();
  }
});

test('where storage is blocked the app starts, says what is so, and works in memory', async ({ engine, host }) => {
  const server = await startOidcServer({ signIn: 'pages' });
  const { browser, openTab, expectNoComplaints } = await startBrowser(engine, 'storage-blocked');
  try {
    const page = await openTab();
    await page.open(host.url);
    await page.sees('This browser blocks storage for this site.');
    await page.picture('first-run');

    await goTo(page, 'Settings');
    await page.click('radio', 'Dark');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');

    await goTo(page, 'Connections');
    await page.click('link', 'Add a service', { role: 'main' });
    await page.type('textbox', 'Service address', server.resource);
    await page.press('Enter');
    await page.click('checkbox', /notices:read/);
    await page.click('button', /^Connect/);
    if (engine === 'webkit') {
      // Its switches leave sessionStorage on, where a sign-in waits: the tokens are then in memory alone.
      await signInAsAda(page);
      await page.isAt(`${host.url}connections`);
      await page.sees('Ada Byron', 'article');
      await page.sees('This browser blocks storage for this site.');
    } else {
      await page.sees('The sign-in couldn’t be saved');
    }
    await page.picture('sign-in');

    await goTo(page, 'Flow inspector');
    await page.element('list', { name: 'Steps of the flow' });
    await page.picture('inspector');
    expectNoComplaints();
  } finally {
    await browser.close();
    await server.stop();
  }
});

test('without service workers the first screen says why Birdsong is not offered, and what else can be done', async ({
  engine,
  host,
}) => {
  const { browser, openTab, expectNoComplaints } = await startBrowser(engine, 'no-service-worker');
  try {
    const page = await openTab();
    // No setting of Chromium's takes service workers away; a page that did not come by https has none.
    const isInsecure = engine === 'chromium';
    await page.open(isInsecure ? host.url.replace('localhost', INSECURE_HOST) : host.url);
    await page.sees('Birdsong can’t run in this window.');
    await page.sees(isInsecure ? 'Open the app over HTTPS.' : 'use a normal window or another browser.');
    expect(await page.count('button', { name: /^Connect Birdsong/ })).toBe(0);
    await page.picture('first-run');
    await page.click('link', 'Add a service', { role: 'main' });
    await page.element('textbox', { name: 'Service address' });
    expectNoComplaints();
  } finally {
    await browser.close();
  }
});
