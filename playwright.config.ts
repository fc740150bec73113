import { defineConfig } from '@playwright/test';
import { chromiumArgs } from './scripts/chromium-args.mjs';

// `npm test` sets CHROMIUM to the browser it found; without it Playwright uses its own.
const executablePath = process.env['CHROMIUM'];

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: '.cache/playwright',
  forbidOnly: true,
  retries: 0,
  // Much of a test is waiting for pages: more of them than cores, and patience for the slow ones.
  workers: 3,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { args: chromiumArgs(), ...(executablePath ? { executablePath } : {}) },
  },
  projects: [{ name: 'chromium' }],
});
