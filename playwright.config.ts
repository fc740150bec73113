import { defineConfig } from '@playwright/test';
import { chromiumArgs } from './scripts/chromium-args.mjs';
import type { Hosting } from './tests/browser/app.ts';

// `npm test` sets CHROMIUM to the browser it found; without it Playwright uses its own.
const executablePath = process.env['CHROMIUM'];

// `npm test` sets NGINX too if nginx is available; the story test then runs again behind it.
const hasNginx = process.env['NGINX'] !== undefined;

export default defineConfig<object, Hosting>({
  testDir: 'tests/browser',
  outputDir: '.cache/playwright',
  forbidOnly: true,
  retries: 0,
  // Tests mostly wait for pages, so run more workers than cores. No test measures speed (`npm run bench` does), so the timeouts
  // allow for a machine on which a page takes ten seconds to start.
  workers: 3,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  timeout: 120_000,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { args: chromiumArgs(), ...(executablePath ? { executablePath } : {}) },
  },
  projects: [
    { name: 'chromium', testIgnore: 'hosted.spec.ts' },
    ...(hasNginx
      ? [
          { name: 'nginx at /', testMatch: 'story.spec.ts', use: { nginxPath: '/' } },
          { name: 'nginx at /planner/', testMatch: 'story.spec.ts', use: { nginxPath: '/planner/' } },
          { name: 'nginx', testMatch: 'hosted.spec.ts' },
        ]
      : []),
  ],
});
