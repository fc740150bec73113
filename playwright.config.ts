import { defineConfig } from '@playwright/test';
import { chromiumArgs } from './scripts/chromium-args.mjs';

// `npm test` sets CHROMIUM to the browser it found; without it Playwright uses its own.
const executablePath = process.env['CHROMIUM'];

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: '.cache/playwright',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: false,
  timeout: 30_000,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { args: chromiumArgs(), ...(executablePath ? { executablePath } : {}) },
  },
  projects: [{ name: 'chromium' }],
});
