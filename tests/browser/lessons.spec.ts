/** Lessons of the flow inspector in Chromium: each is done for real, and what catches it is shown. */
import type { Page } from '@playwright/test';

import { allow, axeViolations, connected, expect, goToBirdsong, postNow, test } from './app.ts';

const flows = (page: Page) => page.getByRole('navigation', { name: 'Flows' });
const steps = (page: Page) => page.getByRole('region', { name: 'Steps of the flow' });
const detail = (page: Page) => page.getByRole('region', { name: 'Selected step' });

async function runScenario(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'What if…' }).click();
  await page.getByRole('button', { name: `Try it: ${title}` }).click();
}

for (const { title, told, caughtBy, at } of [
  {
    title: 'Another state comes back',
    told: 'This sign-in began somewhere else',
    caughtBy: 'Caught by: Content Planner’s own check “This tab began the sign-in that is answered”.',
    at: 'This tab began the sign-in that is answered',
  },
  {
    title: 'Another server answers',
    told: 'The answer came from a different service',
    caughtBy: 'Caught by: Content Planner’s own check “The answer comes from the server that was asked”.',
    at: 'The answer comes from the server that was asked',
  },
  {
    title: 'The verifier is missing',
    told: /Birdsong/,
    caughtBy: 'Caught by: Birdsong’s server, which answered invalid_request.',
    at: 'Exchange the code for tokens',
  },
  {
    title: 'The code is used twice',
    told: /Birdsong/,
    caughtBy: 'Caught by: Birdsong’s server, which answered invalid_grant.',
    at: 'Exchange the code for tokens',
  },
]) {
  test(`M-16: ${title}: it is caught, nothing is connected, and a sign-in afterwards is as ever`, async ({
    page,
    appUrl,
  }) => {
    await page.goto(`${appUrl}inspector`);
    await runScenario(page, title);
    await expect(page).toHaveTitle(/Birdsong/);
    await allow(page);
    await expect(page.getByRole('heading', { level: 1, name: told })).toBeVisible();
    await expect(page.getByText('This was a lesson')).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'See what caught it in the inspector' }).click();
    await expect(steps(page)).toContainText(caughtBy);
    await expect(detail(page).getByRole('heading', { level: 2, name: at })).toBeVisible();
    await expect(steps(page).getByRole('button', { name: /Meddle on purpose/ })).toHaveCount(1);
    await expect(flows(page).getByRole('button')).toHaveCount(1);
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('sign-in ')))).toEqual(
      [],
    );
    await page.goto(appUrl);
    await goToBirdsong(page);
    await allow(page);
    await expect(page.getByRole('button', { name: 'New post' })).toBeVisible();
  });
}

test('M-16: an old refresh token is refused, and the connection goes on', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /nspector/ })
    .first()
    .click();
  await runScenario(page, 'An old refresh token is presented');
  await expect(page.getByRole('heading', { level: 2, name: 'Lesson on Birdsong' })).toBeVisible();
  await expect(steps(page)).toContainText('Caught by: Birdsong’s server, which answered invalid_grant.');
  await expect(detail(page).getByRole('heading', { level: 2, name: 'Renew the access token' })).toBeVisible();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Planner/ })
    .first()
    .click();
  await postNow(page, 'Still connected');
  await expect(page.getByRole('article').filter({ hasText: 'Still connected' })).toContainText('Sent');
});

test('who says no at Birdsong has tried nothing, and is told so as ever', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}inspector`);
  await runScenario(page, 'The verifier is missing');
  await page.getByRole('button', { name: /Deny|Cancel|No/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You said no to Birdsong' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Back to the Flow inspector' })).toBeVisible();
  await expect(page.getByText('This was a lesson')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`lessons have no axe violation, ${theme} at ${width} px; by keyboard they open, close, and hand the focus back`, async ({
      page,
      appUrl,
    }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${appUrl}inspector`);
      const button = page.getByRole('button', { name: 'What if…' });
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'What if somebody meddled?' });
      await expect(dialog).toBeVisible();
      expect(await axeViolations(page)).toEqual([]);
      expect(await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(button).toBeFocused();
      await runScenario(page, 'Another server answers');
      await allow(page);
      await page.getByRole('button', { name: 'See what caught it in the inspector' }).click();
      await expect(steps(page)).toContainText('Caught by:');
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
