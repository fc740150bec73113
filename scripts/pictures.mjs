/** `npm run pictures`: takes wide and narrow, light and dark screenshots of the app; `-- --docs` updates those in the README. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';
import { DOCS, STORIES } from './picture-story.mjs';
import { TROUBLE } from './picture-trouble.mjs';

/** @typedef {{ width: number, height: number, theme: 'light' | 'dark' }} View */

/** @type {View[]} */
const VIEWS = [
  { width: 1440, height: 900, theme: 'light' },
  { width: 1440, height: 900, theme: 'dark' },
  { width: 390, height: 844, theme: 'light' },
  { width: 390, height: 844, theme: 'dark' },
];

ensureInstalled();
await takePictures(process.argv.includes('--docs')).catch(stop);

/** @param {boolean} docs whether to take only the screenshots of the README, and write them to docs */
async function takePictures(docs) {
  const { chromium } = await import('@playwright/test');
  const { build } = await import('./build.mjs');
  const { chromiumArgs } = await import('./chromium-args.mjs');
  const { findOrInstallChromium } = await import('./chromium.mjs');
  const { serve } = await import('./serve.mjs');

  await build();
  const folder = join(root, '.cache/pictures');
  await mkdir(folder, { recursive: true });
  const site = await serve(join(root, 'dist'));
  const browser = await chromium.launch({ executablePath: await findOrInstallChromium(), args: chromiumArgs() });
  try {
    for (const view of docs ? VIEWS.slice(0, 1) : VIEWS) {
      const take = async (/** @type {import('@playwright/test').Page} */ page, /** @type {string} */ step) => {
        if (docs && DOCS[step] === undefined) return;
        const file = docs ? `docs/${DOCS[step]}` : `.cache/pictures/${step}-${view.width}-${view.theme}.png`;
        await page.screenshot({ path: join(root, file), animations: 'disabled' });
        process.stdout.write(`${file}\n`);
      };
      for (const steps of Object.values(docs ? STORIES : { ...STORIES, ...TROUBLE }))
        await tellStory(browser, site.url, view, steps, take);
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * Runs the steps of a story in a fresh browser context.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {View} view
 * @param {import('./picture-story.mjs').Step[]} steps
 * @param {(page: import('@playwright/test').Page, step: string) => Promise<void>} picture called after each step
 */
async function tellStory(browser, url, { width, height, theme }, steps, picture) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  const page = await context.newPage();
  for (const step of steps) {
    await step.act(page, url);
    await picture(page, step.name);
  }
  await context.close();
}
