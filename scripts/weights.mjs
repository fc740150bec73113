/** Prints the last build's sizes and when each file loads; with `--check`, only whether the sizes are within budget. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root, stop } from './ensure-installed.mjs';
import { overBudget, measureBundle, bundleTable } from './bundle-size.mjs';

/**
 * Measures the last build.
 * @returns {import('./bundle-size.mjs').Weights}
 * @throws if there is no build
 */
export function readWeights() {
  const dist = join(root, 'dist');
  const manifest = JSON.parse(readFileSync(join(root, '.cache/manifest.json'), 'utf8'));
  /** @type {Record<string, import('./bundle-size.mjs').Size>} */
  const sizes = {};
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css)$/.test(path)) continue;
    const bytes = readFileSync(join(dist, path));
    sizes[path.replaceAll('\\', '/')] = { raw: bytes.length, gzip: gzipSync(bytes).length };
  }
  return measureBundle(manifest, sizes);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const weights = readWeights();
    const over = overBudget(weights);
    if (!process.argv.includes('--check')) process.stdout.write(bundleTable(weights));
    else if (over.length === 0) process.stdout.write('The sizes are within their budgets.\n');
    else stop(`Over budget: ${over.map(({ name }) => name).join(', ')}.`);
  } catch (error) {
    stop(error);
  }
}
