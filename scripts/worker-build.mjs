/** Builds the two worker files, each as one self-contained classic script without a hash in its name. */
import { join } from 'node:path';
import { BUILD_TARGET } from './browsers/oldest.mjs';
import { root } from './ensure-installed.mjs';

/**
 * @typedef {'worker.js' | 'birdsong.js'} WorkerFile
 * @type {Record<WorkerFile, string>}
 */
const WORKER_ENTRIES = { 'worker.js': 'src/service-worker.ts', 'birdsong.js': 'src/birdsong/worker-entry.ts' };

/** @type {WorkerFile[]} */
export const WORKER_FILES = ['worker.js', 'birdsong.js'];

/**
 * Returns Vite's configuration for one worker file, which shares nothing with the configuration of the app's build.
 * @param {WorkerFile} file
 * @param {{ outDir: string, write?: boolean, minify?: boolean }} output
 * @returns {import('vite').InlineConfig}
 */
export function workerBuild(file, { outDir, write = true, minify = true }) {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // The authorization server library is written for Cloudflare and imports this module of its runtime.
    resolve: { alias: { 'cloudflare:workers': join(root, 'src/birdsong/cloudflare-workers.ts') } },
    build: {
      target: BUILD_TARGET,
      outDir,
      emptyOutDir: false,
      write,
      minify,
      reportCompressedSize: false,
      // Built as a library, because otherwise Vite would wrap each import() in its preload helper, which only works in a page.
      lib: { entry: join(root, WORKER_ENTRIES[file]), formats: ['iife'], name: 'worker', fileName: () => file },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  };
}
