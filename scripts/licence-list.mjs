/** Under which licences others' packages are used here, from package-lock.json. Pure. */

/**
 * @typedef {{ version?: string, license?: string, dev?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ name: string, version: string, licence: string, ships: boolean }} Row ships: a part of the built app, or needed by
 *   one; else it builds or tests only
 */

/** They ask for their text to be passed on, or for nothing at all. */
const PERMISSIVE = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT']);

/** Changes to such a file have to be published: no matter for tools that are used as they are. */
const FOR_TOOLS = new Set(['MPL-2.0']);

/**
 * @param {Record<string, LockedPackage>} packages of package-lock.json
 * @returns {Row[]} what ships first, then by name; each version once
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
 * @param {Row[]} rows
 * @returns {Row[]} those whose licence is not known to be fine for what they are used for
 */
export const doubtfulLicences = (rows) =>
  rows.filter(({ licence, ships }) => {
    // `(A OR B)`: the user chooses.
    const choices = licence.replace(/^\(|\)$/g, '').split(' OR ');
    return !choices.some((one) => PERMISSIVE.has(one) || (!ships && FOR_TOOLS.has(one)));
  });

/**
 * @param {Row[]} rows
 * @returns {string} lines for a terminal: what ships by name, the rest by licence
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
