import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { BUILD_TARGET } from './scripts/browsers/oldest.mjs';
import { chunkGroups } from './scripts/chunks.mjs';

const projectFolder = fileURLToPath(new URL('.', import.meta.url))
  .replaceAll('\\', '/')
  .replace(/\/$/, '');

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      // The demo network's authorization-server library imports a module that exists only in Cloudflare's runtime.
      'cloudflare:workers': fileURLToPath(new URL('src/birdsong/cloudflare-workers.ts', import.meta.url)),
    },
  },
  build: {
    target: BUILD_TARGET,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: chunkGroups(projectFolder) } },
    },
  },
  test: {
    // Property-based tests try many values, and the machines they run on are shared.
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**'],
          setupFiles: ['tests/support/fail-on-console-error.ts'],
          // Inlined so that the alias above applies to its import.
          server: { deps: { inline: ['@cloudflare/workers-oauth-provider'] } },
        },
      },
      {
        extends: true,
        test: {
          name: 'components',
          environment: 'happy-dom',
          include: ['tests/**/*.test.tsx'],
          setupFiles: ['tests/support/fail-on-console-error.ts', 'tests/support/components.ts'],
        },
      },
    ],
  },
});
