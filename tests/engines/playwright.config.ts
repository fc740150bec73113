/** The story in each engine. Playwright runs the tests; the browsers are driven by driver.ts's two drivers. */
import { defineConfig } from '@playwright/test';

import type { EngineOptions } from './app.ts';
import { installedEngines } from './installed.ts';

export default defineConfig<object, EngineOptions>({
  testDir: '.',
  outputDir: '../../.cache/playwright-engines',
  forbidOnly: true,
  retries: 0,
  // One file of each engine at a time on most machines: a story keeps a browser busy.
  workers: 3,
  fullyParallel: false,
  expect: { timeout: 20_000 },
  timeout: 120_000,
  reporter: [['list'], ['json', { outputFile: '../../.cache/engines.json' }]],
  projects: installedEngines().map((engine) => ({ name: engine, use: { engine } })),
});
