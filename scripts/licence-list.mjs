/** Lists the licences of third-party packages from package-lock.json. Pure. */

/**
 * @typedef {{ version?: string, license?: string, dev?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ name: string, version: string, licence: string, ships: boolean }} Row ships: whether the package is part of the
 *   built app or a dependency of such a package; otherwise it is only used for building and testing
 */

/** Licences that require at most that their text is distributed with the app. */
const PERMISSIVE = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT']);

/** Licences that require changes to be published, which is no problem for unmodified tools. */
const FOR_TOOLS = new Set(['MPL-2.0']);

/**
 * Returns the packages with their licences.
 * @param {Record<string, LockedPackage>} packages of package-lock.json
 * @returns {Row[]} each version once; the packages that ship first, then by name
 */
export function licenceRows(packages) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const [path, { version = '', license = 'unknown', dev = false, link }] of Object.entries(packages)) {
    if (path === '' || link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const key = `${name}@${version}`;
    rows.set(key, { name, version, licence: license, ships: !dev || (rows.get(key)?.ships ?? false) });
  }
  return [...rows.values()].toSorted((a, b) => Number(b.ships) - Number(a.ships) || (a.name < b.name ? -1 : 1));
}

/**
 * Returns the packages whose licence is not allowed for their use.
 * @param {Row[]} rows
 * @returns {Row[]}
 */
export const doubtfulLicences = (rows) =>
  rows.filter(({ licence, ships }) => {
    // With `(A OR B)` the licensee may choose either.
    const choices = licence.replace(/^\(|\)$/g, '').split(' OR ');
    return !choices.some((one) => PERMISSIVE.has(one) || (!ships && FOR_TOOLS.has(one)));
  });

/**
 * Formats the licences for a terminal: packages that ship are listed by name, the others are counted by licence.
 * @param {Row[]} rows
 * @returns {string}
 */
export function licenceTable(rows) {
  const ships = rows.filter((row) => row.ships);
  /** @type {Map<string, number>} */
  const tools = new Map();
  for (const { licence } of rows.filter((row) => !row.ships)) tools.set(licence, (tools.get(licence) ?? 0) + 1);
  return [
    'Ships with the app:',
    ...ships.map(({ name, version, licence }) => `  ${`${name} ${version}`.padEnd(44)} ${licence}`),
    'Builds and tests it:',
    ...[...tools]
      .toSorted(([, a], [, b]) => b - a)
      .map(([licence, count]) => `  ${`${count} packages`.padEnd(44)} ${licence}`),
    '',
  ].join('\n');
}
