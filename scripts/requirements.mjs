/**
 * `npm run requirements`: lists each requirement of docs/requirements.md with the tests that name it, then the requirements
 * that no test names.
 *
 *     npm run requirements -- CB-7 REV    only these
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ensure-installed.mjs';
import { mentions, readCatalog, requirementTable, selected, documented } from './requirement-names.mjs';

const catalog = readCatalog(readFileSync(join(root, 'docs/requirements.md'), 'utf8'));
const tests = filesIn('tests', /\.tsx?$/).map(({ file, source }) => ({ file: file.slice('tests/'.length), source }));
const wanted = selected(catalog, process.argv.slice(2));

if (wanted.length === 0) {
  process.stderr.write(
    'docs/requirements.md has no such requirement. Use an id such as CB-7, or a prefix such as CB.\n',
  );
  process.exitCode = 1;
} else {
  const told = documented(catalog, filesIn('docs/decisions', /\.md$/));
  process.stdout.write(requirementTable(wanted, mentions(catalog, tests), told, catalog));
}

/**
 * Reads all files in a folder and its subfolders whose path matches.
 * @param {string} folder
 * @param {RegExp} name
 */
function filesIn(folder, name) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .toSorted()
    .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }));
}
