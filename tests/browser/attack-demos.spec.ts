/** The attack demos of the inspector in Chromium: each runs for real, and the check that detects it is shown. */
import type { Page } from '@playwright/test';

import { allow, axeViolations, connected, expect, goToBirdsong, postNow, test } from './app.ts';

const flows = (page: Page) => page.getByRole('navigation', { name: 'Flows' });
const steps = (page: Page) => page.getByRole('region', { name: 'Steps of the flow' });
const detail = (page: Page) => page.getByRole('region', { name: 'Selected step' });

async function runScenario(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Attack demos' }).click();
  await page.getByRole('button', { name: `Try it: ${title}` }).click();
}

for (const { title, told, caughtBy, at } of [
  {
    title: 'Forged response (CSRF)',
    told: 'This sign-in wasn’t started here',
    caughtBy: 'Stopped by: Content Planner’s own check “State match”.',
    at: 'State match',
  },
  {
    title: 'Server mix-up',
    told: 'The response came from a different server',
    caughtBy: 'Stopped by: Content Planner’s own check “Response issuer match”.',
    at: 'Response issuer match',
  },
  {
    title: 'Stolen code',
    told: /Birdsong/,
    caughtBy: 'Stopped by: Birdsong’s server, which returned invalid_request.',
    at: 'Exchange the code for tokens',
  },
  {
    title: 'Replayed code',
    told: /Birdsong/,
    caughtBy: 'Stopped by: Birdsong’s server, which returned invalid_grant.',
    at: 'Exchange the code for tokens',
  },
]) {
  test(`M-16: ${title}: is detected, nothing is connected, and the next sign-in works as usual`, async ({
    page,
    appUrl,
  }) => {
    await page.goto(`${appUrl}inspector`);
    await runScenario(page, title);
    await expect(page).toHaveTitle(/Birdsong/);
    await allow(page);
    await expect(page.getByRole('heading', { level: 1, name: told })).toBeVisible();
    await expect(page.getByText('Attack demo complete')).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'See what stopped it in the inspector' }).click();
    await expect(steps(page)).toContainText(caughtBy);
    await expect(detail(page).getByRole('heading', { level: 2, name: at })).toBeVisible();
    await expect(steps(page).getByRole('button', { name: /Tamper/ })).toHaveCount(1);
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

test('M-16: an old refresh token is rejected, and the connection continues', async ({ page, appUrl }) => {
  await connected(page, appUrl);
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /nspector/ })
    .first()
    .click();
  await runScenario(page, 'Stolen refresh token');
  await expect(page.getByRole('heading', { level: 2, name: 'Attack demo on Birdsong' })).toBeVisible();
  await expect(steps(page)).toContainText('Stopped by: Birdsong’s server, which returned invalid_grant.');
  await expect(detail(page).getByRole('heading', { level: 2, name: 'Refresh the access token' })).toBeVisible();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Planner/ })
    .first()
    .click();
  await postNow(page, 'Still connected');
  await expect(page.getByRole('article').filter({ hasText: 'Still connected' })).toContainText('Sent');
});

test('denying at Birdsong runs no demo, and is reported as usual', async ({ page, appUrl }) => {
  await page.goto(`${appUrl}inspector`);
  await runScenario(page, 'Stolen code');
  await page.getByRole('button', { name: /Deny|Cancel|No/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You said no to Birdsong' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Back to the Flow inspector' })).toBeVisible();
  await expect(page.getByText('Attack demo complete')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`the demos have no axe violation, ${theme} at ${width} px; by keyboard they open, close, and restore the focus`, async ({
      page,
      appUrl,
    }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${appUrl}inspector`);
      const button = page.getByRole('button', { name: 'Attack demos' });
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'What if someone attacked?' });
      await expect(dialog).toBeVisible();
      expect(await axeViolations(page)).toEqual([]);
      expect(await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(button).toBeFocused();
      await runScenario(page, 'Server mix-up');
      await allow(page);
      await page.getByRole('button', { name: 'See what stopped it in the inspector' }).click();
      await expect(steps(page)).toContainText('Stopped by:');
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
