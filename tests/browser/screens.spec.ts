import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { STORY } from '#scripts/picture-story.mjs';

import { expect, test } from './app.ts';

async function faults(page: Page): Promise<string[]> {
  // Colours under way would be measured: what moves comes to its end first.
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`every screen of the story, ${theme} at ${width} px: no axe violation, nothing scrolls sideways`, async ({
      page,
      appUrl,
    }) => {
      test.setTimeout(90_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      for (const { name, act } of STORY) {
        await act(page, appUrl);
        expect(await faults(page), name).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, name).toBeLessThanOrEqual(0);
      }
    });
  }
}

test('the whole story by keyboard', async ({ page, appUrl }) => {
  await page.goto(appUrl);
  const press = async (name: RegExp | string): Promise<void> => {
    const button = page.getByRole('button', { name });
    await expect(button).toBeEnabled();
    await button.focus();
    await page.keyboard.press('Enter');
  };
  await press(/^Connect Birdsong/);
  await expect(page).toHaveTitle(/Birdsong/);
  await press('Allow');
  await expect(page.getByRole('button', { name: 'New post' })).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused();
  await page.keyboard.type('By keyboard alone');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'By keyboard alone' })).toContainText('Sent');
});
