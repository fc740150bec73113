/** Builds the bench page: the product's own index.html, build and worker, with a boot module that has no screens. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '#scripts/ensure-installed.mjs';
import { writePrecache } from '#scripts/precache.mjs';
import { workerBuild } from '#scripts/worker-build.mjs';

/** @typedef {import('./page/settings.ts').BenchSettings} BenchSettings */

/** @returns {Promise<string>} a new folder below .cache, which the caller removes */
export async function freshFolder(name = 'bench-page-') {
  await mkdir(join(root, '.cache'), { recursive: true });
  return mkdtemp(join(root, '.cache', name));
}

/**
 * @param {string} outDir
 * @param {BenchSettings} settings what the page connects to
 */
export async function buildBenchPage(outDir, settings) {
  const { build } = await import('vite');
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    define: { BENCH_SETTINGS: JSON.stringify(settings) },
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
    plugins: [{ name: 'bench-page', transformIndexHtml: { order: 'pre', handler: withBenchBoot } }],
  });
  await build(workerBuild('worker.js', { outDir }));
  // No other library includes a demo network, so the worker finds none to load.
  await writeFile(join(outDir, 'birdsong.js'), '// The bench has no demo network.\n');
  writePrecache(outDir);
}

/**
 * @param {string} html
 * @throws {Error} if the page has no boot module to replace, because something else would be measured
 */
function withBenchBoot(html) {
  const changed = html.replace('src="/src/boot.ts"', 'src="/tests/bench/page/boot.ts"');
  if (changed === html) throw new Error('index.html does not load src/boot.ts any more');
  return changed;
}
