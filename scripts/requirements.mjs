/** `npm run requirements`: each requirement of docs/requirements.md with the tests that name it, then those that none names. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './installed.mjs';
import { namings, readCatalogue, requirementTable } from './requirement-names.mjs';

const catalogue = readCatalogue(readFileSync(join(root, 'docs/requirements.md'), 'utf8'));
const tests = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted()
  .map((file) => ({ file, source: readFileSync(join(root, 'tests', file), 'utf8') }));

process.stdout.write(requirementTable(catalogue, namings(catalogue, tests)));
