/** `npm run build`: builds the app, the service worker and the demo network into dist, each in a separate pass. */
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root, stop } from './ensure-installed.mjs';
import { withIntegrity } from './integrity.mjs';
import { shippedLicences } from './licences.mjs';
import { writePrecache } from './precache.mjs';
import { bundleTable } from './bundle-size.mjs';
import { readWeights } from './weights.mjs';
import { WORKER_FILES, workerBuild } from './worker-build.mjs';

/**
 * Builds everything and prints the sizes.
 * @throws if a pass fails
 */
export async function build() {
  // Not a static import, because on a fresh clone this command first installs Vite.
  const vite = await import('vite');
  const outDir = join(root, 'dist');
  await vite.build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, manifest: true, reportCompressedSize: false },
    // Scripts and styles use relative URLs for each other, so that only index.html has to change for a sub-path.
    experimental: { renderBuiltUrl: (_file, { hostType }) => (hostType === 'html' ? undefined : { relative: true }) },
  });
  for (const file of WORKER_FILES) await vite.build(workerBuild(file, { outDir }));

  const page = readFileSync(join(outDir, 'index.html'), 'utf8');
  await writeFile(
    join(outDir, 'index.html'),
    withIntegrity(page, (path) => readFileSync(join(outDir, path))),
  );

  await writeFile(join(outDir, 'licences.txt'), shippedLicences());

  // The manifest is only needed to measure sizes, so it is not published.
  await mkdir(join(root, '.cache'), { recursive: true });
  await rename(join(outDir, '.vite/manifest.json'), join(root, '.cache/manifest.json'));
  await rm(join(outDir, '.vite'), { recursive: true });
  writePrecache(outDir);
  process.stdout.write(bundleTable(readWeights()));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  await build().catch(stop);
}
