import { STORIES } from '#scripts/picture-story.mjs';
import { TROUBLE } from '#scripts/picture-trouble.mjs';

import { axeViolations, expect, test } from './app.ts';

for (const [title, steps] of Object.entries({ ...STORIES, ...TROUBLE })) {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      test(`every screen of ${title}, ${theme} at ${width} px: no axe violation, nothing scrolls sideways`, async ({
        page,
        appUrl,
      }) => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        for (const { name, act } of steps) {
          await act(page, appUrl);
          expect(await axeViolations(page), name).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(overflow, name).toBeLessThanOrEqual(0);
        }
      });
    }
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
  await expect(page.getByRole('textbox', { name: 'Post' })).toBeFocused();
  await page.keyboard.type('By keyboard alone');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'By keyboard alone' })).toContainText('Sent');
});
