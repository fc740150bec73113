/** M-9: incremental permissions as the user sees them. */
import { allow, connected, expect, test } from './app.ts';
import type { Page } from '@playwright/test';

const TEXT = 'Nine books, four debuts.';

/** Writes a post and sends it with an account that may not post. */
async function sendUnallowed(page: Page, appUrl: string): Promise<void> {
  await connected(page, appUrl, { untick: ['Post for you'] });
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill(TEXT);
  await expect(page.getByRole('dialog')).toContainText('Content Planner can read from Birdsong, but not post.');
  const refusal = page.waitForResponse((response) => response.url().endsWith('/birdsong/api/posts'));
  await page.getByRole('button', { name: 'Post now on Birdsong' }).click();
  expect((await refusal).status()).toBe(403);
}

test('M-9: the first post gets 403; it is sent once allowed, and the new grant replaces the old', async ({
  page,
  appUrl,
}) => {
  await sendUnallowed(page, appUrl);
  const card = page.getByRole('article').filter({ hasText: TEXT });
  await expect(card).toContainText('Content Planner can read from Birdsong, but not post.');
  await card.getByRole('button', { name: 'Allow posting' }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  const asked = new URL(page.url()).searchParams;
  expect(
    asked
      .get('scope')
      ?.split(' ')
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['offline_access', 'openid', 'posts:read', 'posts:write', 'profile', 'stats:read']);
  expect(asked.get('login_hint')).toBe('lowtide');
  await allow(page);
  await expect(card).toContainText('Sent');
  await expect(page.getByRole('article')).toHaveCount(1);

  await page.getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('article')).not.toContainText('Not allowed:');
});

test('M-9: after a denial the old grant stays and the post is kept', async ({ page, appUrl }) => {
  await sendUnallowed(page, appUrl);
  const card = page.getByRole('article').filter({ hasText: TEXT });
  await card.getByRole('button', { name: 'Allow posting' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('heading', { name: 'You said no to Birdsong' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the planner' }).click();
  await expect(card.getByRole('button', { name: 'Allow posting' })).toBeVisible();
  await page.getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByText('Renews automatically (')).toBeVisible();
});

test('M-9: after allowing from the composer, before anything is sent, the text is kept and can be sent', async ({
  page,
  appUrl,
}) => {
  await connected(page, appUrl, { untick: ['Post for you'] });
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill(TEXT);
  await page.getByRole('button', { name: 'Allow posting' }).click();
  await expect(page).toHaveTitle(/Birdsong/);
  await allow(page);
  await expect(page.getByRole('textbox', { name: 'Post' })).toHaveValue(TEXT);
  await page.getByRole('button', { name: 'Post now on Birdsong' }).click();
  await expect(page.getByRole('article').filter({ hasText: TEXT })).toContainText('Sent');
});

test('UI-4: another user signs in at “Allow posting”: both are named, and nothing is merged', async ({
  page,
  appUrl,
}) => {
  await sendUnallowed(page, appUrl);
  const card = page.getByRole('article').filter({ hasText: TEXT });
  await card.getByRole('button', { name: 'Allow posting' }).click();
  await allow(page, { person: 'Robin Adeyemi' });
  await expect(page.getByRole('main')).toContainText('@robin');
  await expect(page.getByRole('main')).toContainText('@lowtide');
  await page.getByRole('button', { name: /as a separate connection/ }).click();
  await expect(card).toContainText('but not post');
  await page.getByRole('link', { name: 'Connections' }).click();
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(2);
});
