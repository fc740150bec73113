/** `npm run build`: the app, the service worker and the demo network, each by a pass of its own, into dist. */
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
 * Builds everything and prints what it weighs.
 * @throws when a pass fails
 */
export async function build() {
  // Not at the top: `npm run build` is also what installs Vite on a fresh clone.
  const vite = await import('vite');
  const outDir = join(root, 'dist');
  await vite.build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, manifest: true, reportCompressedSize: false },
    // Scripts and styles name each other relatively: under a sub-path, index.html alone must change.
    experimental: { renderBuiltUrl: (_file, { hostType }) => (hostType === 'html' ? undefined : { relative: true }) },
  });
  for (const file of WORKER_FILES) await vite.build(workerBuild(file, { outDir }));

  const page = readFileSync(join(outDir, 'index.html'), 'utf8');
  await writeFile(
    join(outDir, 'index.html'),
    withIntegrity(page, (path) => readFileSync(join(outDir, path))),
  );

  await writeFile(join(outDir, 'licences.txt'), shippedLicences());

  // The manifest is for the weights, not for the public.
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
