/** How the two worker files are built: one classic, self-contained script each, under a name without a hash. */
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
 * Vite's configuration for one worker file. It stands alone: nothing of the app's own build applies to it.
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
    // The authorization server's library is written for Cloudflare and imports this one module of that platform.
    resolve: { alias: { 'cloudflare:workers': join(root, 'src/birdsong/cloudflare-workers.ts') } },
    build: {
      target: BUILD_TARGET,
      outDir,
      emptyOutDir: false,
      write,
      minify,
      reportCompressedSize: false,
      // Built as a library: for a page, Vite would wrap each import() into its preloading, which is of no use to a worker.
      lib: { entry: join(root, WORKER_ENTRIES[file]), formats: ['iife'], name: 'worker', fileName: () => file },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  };
}
