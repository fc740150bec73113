/**
 * `npm run licences`: prints the licences of all packages in package-lock.json, and exits with code 1 if one is unknown or not
 * allowed. The build also uses this module, to write the licence texts of the packages that ship with the app.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, stop } from './ensure-installed.mjs';
import { doubtfulLicences, licenceRows, licenceTable } from './licence-list.mjs';

const rows = () => licenceRows(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);

/**
 * Collects the licence texts of the packages that ship with the app, as their licences require.
 * @returns {string}
 * @throws {Error} if a package has no licence text
 */
export function shippedLicences() {
  const texts = rows()
    .filter(({ ships }) => ships)
    .map(({ name, version, licence }) => {
      const folder = join(root, 'node_modules', name);
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
      if (!file) throw new Error(`${name} has no licence text.`);
      return `${name} ${version} (${licence})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    });
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  return [`Content Planner\n\n${own}\n`, ...texts].join(`\n${'-'.repeat(72)}\n\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const all = rows();
  process.stdout.write(licenceTable(all));
  const doubtful = doubtfulLicences(all);
  if (doubtful.length > 0)
    stop(`Not allowed: ${doubtful.map(({ name, licence }) => `${name} (${licence})`).join(', ')}.`);
}
