/**
 * `npm run browsers`: checks that the app uses only features of the oldest supported browsers, and those in docs/browsers.md.
 *
 *     npm run browsers                the sources
 *     npm run browsers -- --built     the last build, with its libraries
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import data from '@mdn/browser-compat-data/forLegacyNode';
import { inspect } from './browsers/inspect.mjs';
import { readListed } from './browsers/listed.mjs';
import { OLDEST_BROWSERS } from './browsers/oldest.mjs';
import { faultsOf } from './browsers/verdict.mjs';
import { root, stop } from './ensure-installed.mjs';

const DOCUMENT = 'docs/browsers.md';

try {
  const isBuilt = process.argv.includes('--built');
  const { app, libraries } = readListed(readFileSync(join(root, DOCUMENT), 'utf8'));
  const files = isBuilt
    ? filesIn('dist', /\.(js|css)$/)
    : [...filesIn('src', /(?<!\.d)\.tsx?$|\.css$/), ...filesIn('public', /\.js$/), read('index.html')];
  // The sources check the rows on the app's own uses, because the build may transform these uses.
  const listed = isBuilt
    ? { allowed: [...app, ...libraries], expected: libraries, document: DOCUMENT }
    : { allowed: app, expected: app, document: DOCUMENT };
  const faults = faultsOf(inspect(files, data, OLDEST_BROWSERS), listed);
  if (faults.length > 0) stop(faults.join('\n'));
  process.stdout.write(
    `${files.length} files use only features of the oldest browsers, or those that ${DOCUMENT} lists.\n`,
  );
} catch (error) {
  stop(error);
}

/** @type {(folder: string, name: RegExp) => import('./browsers/inspect.mjs').SourceFile[]} */
function filesIn(folder, name) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .toSorted()
    .map((path) => read(`${folder}/${path.replaceAll('\\', '/')}`));
}

/** @type {(file: string) => import('./browsers/inspect.mjs').SourceFile} */
function read(file) {
  return { file, source: readFileSync(join(root, file), 'utf8') };
}
