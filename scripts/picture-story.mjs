/** What the pictures show: named steps, each going on from the page as the one before left it. */

/**
 * @typedef {{ name: string, act: (page: import('@playwright/test').Page, url: string) => Promise<void> }} Step
 * @type {Step[]}
 */
export const STORY = [
  {
    name: 'first-run',
    act: async (page, url) => {
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
];

/** The step shown in the README, at full width in the light theme. */
export const README_STEP = 'first-run';
