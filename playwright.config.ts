import { defineConfig } from '@playwright/test';
import { chromiumArgs } from './scripts/chromium-args.mjs';
import type { Hosting } from './tests/browser/app.ts';

// `npm test` sets CHROMIUM to the browser it found; without it Playwright uses its own.
const executablePath = process.env['CHROMIUM'];

// `npm test` sets NGINX as well, where it has it: the story is told again behind it.
const hasNginx = process.env['NGINX'] !== undefined;

export default defineConfig<object, Hosting>({
  testDir: 'tests/browser',
  outputDir: '.cache/playwright',
  forbidOnly: true,
  retries: 0,
  // Much of a test is waiting for pages: more of them than cores. No test is there to say how fast something is (`npm run bench`
  // does), so there is patience for a machine on which a page takes ten seconds to begin.
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
