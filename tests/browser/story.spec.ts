import type { Page } from '@playwright/test';

import { allow, connected, expect, goToBirdsong, postNow, pressControls, test } from './app.ts';
import { stepsSeenIn } from './inspector.ts';

test('a new user connects Birdsong, publishes, and sees the post sent', async ({ page, appUrl }) => {
  await page.goto(appUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Plan your week of posts. Publish them as yourself.',
  );
  await goToBirdsong(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Content Planner would like to use your account');
  await allow(page);

  await expect(page).toHaveURL(appUrl);
  await expect(page.getByText('Connected to Birdsong as Lowtide Press')).toBeVisible();
  await postNow(page, 'Our winter list is here.');
  const card = page.getByRole('article').filter({ hasText: 'Our winter list is here.' });
  await expect(card).toContainText('Sent');
  await expect(card).toContainText('Likes');
});

test('M-7: an expired token is refreshed automatically, unnoticed by the user', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await pressControls(page, appUrl, /Expire/);

  const calls: string[] = [];
  page.on('response', (response) => {
    const path = response.url().slice(appUrl.length);
    if (response.request().method() === 'POST') calls.push(`${response.status()} ${path}`);
  });
  await postNow(page, 'Late, but out.');
  await expect(page.getByRole('article').filter({ hasText: 'Late, but out.' })).toContainText('Sent');
  // The refresh runs in the worker, which outlives the tab.
  expect(calls).toEqual(['401 birdsong/api/posts', '201 birdsong/api/posts']);
  expect(await tokenRequestsSeenIn(page, appUrl)).toBe(2); // The sign-in's, and the refresh.
});

/** Counts the token requests in a tab's inspector: its own, and those that the worker made for it. */
async function tokenRequestsSeenIn(page: Page, appUrl: string): Promise<number> {
  const steps = await stepsSeenIn(page);
  return steps.filter((step) => step.includes(`. POST ${new URL('birdsong/token', appUrl).pathname}, `)).length;
}

test('REF-3: two tabs that refresh at once make exactly one token request', async ({ page, appUrl, context }) => {
  await connected(page, appUrl);
  await postNow(page, 'Something to read statistics of.');
  await expect(page.getByRole('article')).toContainText('Likes');
  const second = await context.newPage();
  await second.goto(appUrl);
  await expect(second.getByRole('article')).toContainText('Likes');

  await pressControls(page, appUrl, /Expire/);
  for (const [tab, text] of [
    [page, 'From the first tab'],
    [second, 'From the second tab'],
  ] as const) {
    await tab.bringToFront();
    await tab.getByRole('button', { name: 'New post' }).click();
    await tab.getByRole('textbox', { name: 'Post' }).fill(text);
  }
  // Dispatched, because a real click waits for its tab to be in front, and only one can be.
  const sendButtons = [page, second].map((tab) => tab.getByRole('button', { name: 'Post now on Birdsong' }));
  await Promise.all(sendButtons.map((button) => button.dispatchEvent('click')));
  for (const tab of [page, second]) {
    await expect(tab.getByRole('dialog')).toBeHidden();
    await expect(tab.getByRole('article').filter({ hasText: 'From the first tab' })).toContainText('Sent');
    await expect(tab.getByRole('article').filter({ hasText: 'From the second tab' })).toContainText('Sent');
  }
  const [first, other] = [await tokenRequestsSeenIn(page, appUrl), await tokenRequestsSeenIn(second, appUrl)];
  expect(first + other).toBe(2); // The sign-in's, and one refresh for both.
});

test('after a hard reload the worker controls the page again', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await postNow(page, 'Before the reload');
  await expect(page.getByRole('article')).toContainText('Likes');
  const passedBy: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/birdsong/') && !response.fromServiceWorker()) passedBy.push(response.url());
  });
  const session = await page.context().newCDPSession(page);
  await Promise.all([page.waitForEvent('load'), session.send('Page.reload', { ignoreCache: true })]);
  await postNow(page, 'Still here.');
  await expect(page.getByRole('article').filter({ hasText: 'Still here.' })).toContainText('Sent');
  await expect(page.getByRole('article').filter({ hasText: 'Before the reload' })).toContainText('Likes');
  expect(passedBy).toEqual([]);
});

test('the server publishes a scheduled post', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill('Tomorrow’s news');
  await page.getByRole('radio', { name: 'Pick a time' }).check();
  await page.getByLabel('Date').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await page.getByLabel('Time', { exact: true }).fill('23:30');
  await page.getByRole('button', { name: 'Schedule on Birdsong' }).click();
  const card = page.getByRole('article').filter({ hasText: 'Tomorrow’s news' });
  await expect(card).toContainText('Scheduled');
  await expect(card).toContainText('Scheduled on Birdsong');
});

test('a draft survives reload and sign-in', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill('Not yet');
  await expect(page.getByText('Saved on this device')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Post' })).toHaveValue('Not yet');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article').filter({ hasText: 'Not yet' })).toContainText('Draft');
});

test('a denial connects nothing, and says so', async ({ page, appUrl }) => {
  await page.goto(appUrl);
  await goToBirdsong(page);
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('heading', { name: 'You said no to Birdsong' })).toBeVisible();
  await page
    .getByRole('button', { name: 'Back to the planner' })
    .or(page.getByRole('link', { name: 'Back to the planner' }))
    .click();
  await page.getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByText('No connections yet')).toBeVisible();
});
