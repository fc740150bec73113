/** The main job, told once and run in every engine: each test is a chapter, and goes on where the one before it ended. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { allow, connect, expect, expireTokens, goTo, goToBirdsong, postNow, startBrowser, test } from './app.ts';
import type { Started } from './app.ts';
import type { StoryPage } from './page.ts';

test.describe.configure({ mode: 'serial' });

let started: Started;
let page: StoryPage;

test.beforeAll(async ({ engine }) => {
  started = await startBrowser(engine);
  page = await started.openTab();
});
test.afterEach(() => started.expectNoComplaints());
test.afterAll(() => started.browser.close());

const card = (text: string) => ({ role: 'article', text }) as const;

test('the first screen starts without a complaint and offers Birdsong', async ({ host }) => {
  await page.open(host.url);
  await page.element('heading', { name: 'Plan your week of posts. Publish them as yourself.' });
  await page.element('button', { name: /^Connect Birdsong/ });
  // The week of en-US, in which every engine formats here, begins on Sunday.
  await page.sees(/\bSun\b.*\bMon\b.*\bSat\b/, 'main');
  await page.picture('first-run');
});

test('Connect leads to the consent page, and Back from it to a page that works', async ({ host }, { annotations }) => {
  await page.evaluate(() => void Object.assign(globalThis, { isSamePage: true }));
  await goToBirdsong(page);
  const sizes = await page.evaluate(() =>
    [...document.querySelectorAll('svg')].map((svg) => svg.hasAttribute('width') && svg.hasAttribute('height')),
  );
  expect(new Set(sizes)).toEqual(new Set([true])); // else they fill the page until the style sheet comes
  await page.picture('consent');
  await page.back();
  await page.isAt(host.url);
  // The page is live again: it knows that it is on its way nowhere any more.
  await page.element('button', { name: /^Connect Birdsong/ });
  const wasKept = await page.evaluate(() => 'isSamePage' in globalThis);
  annotations.push({
    type: 'bfcache',
    description: wasKept ? 'the page came back from memory' : 'the page was loaded again',
  });
});

test('Allow connects the account', async ({ host }) => {
  await goToBirdsong(page);
  await allow(page);
  await page.isAt(host.url);
  await page.sees('Connected to Birdsong as Lowtide Press');
});

test('a post is written and published', async () => {
  await page.click('button', 'New post');
  await page.type('textbox', 'Post', 'Our winter list is here.');
  await page.sees('Saved on this device', 'dialog');
  await page.picture('composer');
  await page.click('button', 'Post now on Birdsong');
  await page.lacks('dialog');
  await page.sees('Sent', 'article', { text: 'Our winter list is here.' });
});

test('the composer grows with its text; a click beside it closes it, and keeps the draft', async () => {
  await page.click('button', 'New post');
  await page.type('textbox', 'Post', 'Not yet');
  await page.set('Post', 'Not yet\n'.repeat(12));
  await page.until('the field to grow', () =>
    page.evaluate(() => {
      const field = document.querySelector('textarea');
      return field && field.clientHeight >= field.scrollHeight ? true : undefined;
    }),
  );
  await page.sees('Saved on this device', 'dialog');
  // A press inside that ends inside closes nothing.
  await page.click('heading', 'New post', { role: 'dialog' });
  await page.element('dialog');
  await page.clickAt(100, 450);
  await page.lacks('dialog');
  await page.sees('Draft', 'article', { text: 'Not yet' });
});

test('a post is scheduled', async () => {
  await page.click('button', 'New post');
  await page.type('textbox', 'Post', 'Tomorrow’s news');
  await page.click('radio', 'Pick a time');
  await page.set('Date', new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await page.set('Time', '23:30');
  await page.click('button', 'Schedule on Birdsong');
  await page.lacks('dialog');
  await page.sees('Scheduled', 'article', { text: 'Tomorrow’s news' });
});

test('statistics are read', async () => {
  await page.sees('Likes', 'article', { text: 'Our winter list is here.' });
  await page.picture('planner');
});

test('two tabs share what is planned, and an expired token is refreshed once for both', async ({ host }) => {
  const second = await started.openTab();
  await second.open(host.url);
  await second.sees('Likes', 'article', { text: 'Our winter list is here.' });
  await expireTokens(started.openTab, host.url);
  await page.toFront();
  const before = await tokenRequests(page);
  await goTo(page, 'Planner');
  await postNow(page, 'From the first tab');
  await page.sees('Sent', 'article', { text: 'From the first tab' });
  await second.toFront();
  await postNow(second, 'From the second tab');
  await second.sees('Sent', 'article', { text: 'From the second tab' });
  await second.sees('Sent', 'article', { text: 'From the first tab' });
  const afterwards = (await tokenRequests(page)) + (await tokenRequests(second));
  expect(afterwards - before).toBe(1);
  await second.close();
  await page.toFront();
});

/** How many token requests the inspector of a tab shows: its own, and those that the worker made for it. */
async function tokenRequests(tab: StoryPage): Promise<number> {
  await tab.toFront(); // Chromium waits for ever to click in a tab that it does not draw
  await goTo(tab, 'Flow inspector');
  await tab.element('navigation', { name: 'Flows' });
  const flows = await tab.count('button', { inside: { role: 'navigation', name: 'Flows' } });
  const steps: string[] = [];
  for (let flow = 0; flow < flows; flow++) {
    steps.push(...(await tab.until(`the steps of flow ${flow}`, () => tab.evaluate(stepsOfFlow, flow))));
  }
  return steps.filter((step) => /\. POST \S*\/birdsong\/token, /.test(step)).length;
}

/** Selects a flow of the inspector and returns its steps; undefined until it is selected. Runs in the page. */
function stepsOfFlow(index: number): string[] | undefined {
  const flow = document.querySelectorAll<HTMLElement>('nav[aria-label="Flows"] button')[index];
  if (flow?.getAttribute('aria-current') !== 'true') {
    flow?.click();
    return undefined;
  }
  const steps = document.querySelectorAll('ol[aria-label="Steps of the flow"] button');
  return [...steps].map((step) => step.getAttribute('aria-label') ?? '');
}

test('the inspector shows each step, and exports a HAR', async () => {
  await goTo(page, 'Flow inspector');
  await page.element('list', { name: 'Steps of the flow' });
  expect(await page.count('button', { inside: { role: 'list', name: 'Steps of the flow' } })).toBeGreaterThan(1);
  await page.picture('inspector');
  await page.click('button', /HAR/);
  const har = await page.until('a HAR among the downloads', () => downloadedHar(started.browser.downloads));
  expect(har.log.version).toBe('1.2');
  expect(har.log.entries.some(({ request }) => request.url.endsWith('/birdsong/api/posts'))).toBe(true);
});

interface Har {
  log: { version: string; entries: { request: { url: string } }[] };
}

/** Reads the HAR in a folder; throws while it is still being written. */
async function downloadedHar(folder: string): Promise<Har | undefined> {
  const file = (await readdir(folder)).find((name) => name.endsWith('.har'));
  return file === undefined ? undefined : (JSON.parse(await readFile(join(folder, file), 'utf8')) as Har);
}

test('an attack demo shows which check stops it', async () => {
  await page.click('button', 'Attack demos');
  await page.element('dialog');
  await page.picture('attack-demos');
  await page.click('button', 'Try it: Forged response (CSRF)');
  await allow(page);
  await page.click('button', 'See what stopped it in the inspector');
  await page.sees('Stopped by: Content Planner’s own check', 'region', { name: 'Steps of the flow' });
  await page.picture('attack-demo-verdict');
});

test('the theme and the formats are chosen', async () => {
  await goTo(page, 'Settings');
  await page.click('radio', 'Dark');
  await page.until('the dark theme', async () =>
    (await page.evaluate(() => document.documentElement.dataset['theme'])) === 'dark' ? true : undefined,
  );
  await page.set('Region', 'de-DE');
  await page.click('radio', '12-hour');
  await page.sees(/Example:.* 4:30.PM 12\.345,6/);
  await page.picture('settings-dark');
  await page.reload();
  await page.sees(/Example:.* 4:30.PM 12\.345,6/);
  await goTo(page, 'Planner');
  await page.picture('planner-dark');
  await goTo(page, 'Settings');
  await page.click('radio', 'System');
});

test('the shortcuts are shown in a dialog, and Escape closes it', async () => {
  await page.click('button', 'Show shortcuts');
  await page.element('dialog');
  await page.picture('shortcuts');
  await page.press('Escape');
  await page.lacks('dialog');
});

test('Disconnect is confirmed by Birdsong', async () => {
  await goTo(page, 'Connections');
  await page.picture('connections');
  await page.click('button', /^Disconnect/, { role: 'article' });
  await page.element('dialog');
  await page.picture('disconnect-dialog');
  // A few lines and two buttons, in a window of 900 pixels.
  expect(await page.evaluate(() => document.querySelector('dialog:modal')?.clientHeight)).toBeLessThan(500);
  await page.click('button', /^Disconnect/, { role: 'dialog' });
  await page.sees('account disconnected');
  await page.sees('Birdsong confirmed that the tokens for ');
  expect(await page.evaluate(() => document.body.innerText)).not.toContain('didn’t confirm');
});

test('a permission that was unticked is asked for later', async ({ host }) => {
  await page.open(`${host.url}connections`);
  await page.click('button', /^Connect Birdsong/);
  await allow(page, ['Post for you']);
  await page.isAt(`${host.url}connections`);
  await goTo(page, 'Planner');
  await page.click('button', 'New post');
  await page.type('textbox', 'Post', 'Nine books, four debuts.');
  await page.click('button', 'Allow posting');
  await allow(page);
  await page.until('the text that waited', async () =>
    (await page.value('textbox', 'Post')) === 'Nine books, four debuts.' ? true : undefined,
  );
  await page.click('button', 'Post now on Birdsong');
  await page.sees('Sent', 'article', card('Nine books, four debuts.'));
});

test('everything is erased, and the first day begins again', async () => {
  await goTo(page, 'Settings');
  await page.type('textbox', /erase/, 'erase');
  await page.click('button', 'Erase everything');
  await page.element('button', { name: /^Connect Birdsong/ });
  const left = await page.evaluate(async () => ({
    posts: (await indexedDB.databases?.())?.map(({ name }) => name),
    theme: localStorage.getItem('theme'),
  }));
  expect(left.theme).toBeNull();
});

test('the app opens from what is stored while its host is gone', async ({ host }) => {
  await connect(page, host.url);
  await postNow(page, 'Before the host went');
  await page.until('the app to be kept', async () => {
    const kept = await page.evaluate(async () => {
      const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => url);
    });
    return kept.includes(`${host.url}complete`) || undefined;
  });
  await host.stop();
  await page.open(`${host.url}settings`);
  await page.element('heading', { name: 'Settings' });
  await page.open(host.url);
  await page.sees('Sent', 'article', card('Before the host went'));
  await page.picture('offline');
});
