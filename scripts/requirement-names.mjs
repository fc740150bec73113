/** Matches requirements with the tests and the documentation pages that name them. Pure. */

/**
 * @typedef {{ id: string, text: string }} Requirement
 * @typedef {{ heading: string, requirements: Requirement[] }} Group
 * @typedef {{ file: string, title: string }} Naming
 */

/**
 * Parses the requirements catalog.
 * @param {string} markdown headings, each followed by one line per requirement: `- **ID-1** words`
 * @returns {Group[]} in document order, without headings that have no requirements
 */
export function readCatalog(markdown) {
  /** @type {Group[]} */
  const groups = [];
  for (const line of markdown.split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading !== undefined) groups.push({ heading, requirements: [] });
    const [, id, text] = /^- \*\*([A-Z]+-\d+)\*\* (.+)$/.exec(line) ?? [];
    if (id !== undefined && text !== undefined) groups.at(-1)?.requirements.push({ id, text });
  }
  return groups.filter(({ requirements }) => requirements.length > 0);
}

/**
 * Parses the feature table.
 * @param {string} markdown a table with a row for each feature: `| **M-1** | what it does | folders | tests |`
 * @returns {{ id: string, tests: string[] }[]} in document order, with the test files that each row names
 */
export function readFeatures(markdown) {
  return [...markdown.matchAll(/^\| \*\*(M-\d+)\*\* +\|.*\|([^|]*)\|$/gm)].map(([, id = '', tests = '']) => ({
    id,
    tests: [...tests.matchAll(/`([^`]+)`/g)].flatMap(([, file]) => file ?? []),
  }));
}

/**
 * Returns the string literals of a test file: titles, and rows of tables that generate titles. Skips comments, because they do
 * not run. Only finds literals that start and end on one line.
 * @param {string} source
 * @returns {string[]}
 */
export function stringsOf(source) {
  return source
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .flatMap((line) => [...line.matchAll(/(['"`])((?:\\.|(?!\1)[^\\])*)\1|\/\/.*/g)])
    .flatMap(([, , text]) => (text ? [text] : []));
}

/**
 * Finds the requirement ids in a text.
 * @param {string} text
 * @param {string[]} kinds the prefixes of ids, such as `AUTH`
 * @returns {string[]} each id once; a range such as `AUTH-1 to AUTH-7` is expanded
 */
export function idsIn(text, kinds) {
  const kind = kinds.join('|');
  /** @type {Set<string>} */
  const ids = new Set();
  for (const [, name, first, last = first] of text.matchAll(
    new RegExp(`\\b(${kind})-(\\d+)(?:(?: to |\\u2013)(?:\\1-)?(\\d+))?\\b`, 'g'),
  )) {
    for (let number = Number(first); number <= Number(last); number += 1) ids.add(`${name}-${number}`);
  }
  return [...ids];
}

/**
 * Finds the test titles that name a requirement.
 * @param {Group[]} groups the catalog
 * @param {{ file: string, source: string }[]} tests
 * @returns {Map<string, Naming[]>} by id, including ids with a known prefix that are not in the catalog
 */
export function mentions(groups, tests) {
  const kinds = kindsOf(groups);
  /** @type {Map<string, Naming[]>} */
  const found = new Map();
  for (const { file, source } of tests)
    for (const title of stringsOf(source))
      for (const id of idsIn(title, kinds)) found.set(id, [...(found.get(id) ?? []), { file, title }]);
  return found;
}

/**
 * Finds the documentation pages that name a requirement.
 * @param {Group[]} groups the catalog
 * @param {{ file: string, source: string }[]} pages Markdown
 * @returns {Map<string, string[]>} file names by requirement id
 */
export function documented(groups, pages) {
  const kinds = kindsOf(groups);
  /** @type {Map<string, string[]>} */
  const told = new Map();
  for (const { file, source } of pages)
    for (const id of idsIn(source, kinds)) told.set(id, [...(told.get(id) ?? []), file]);
  return told;
}

/**
 * Filters the catalog.
 * @param {Group[]} groups
 * @param {string[]} wanted ids such as `CB-7` or prefixes such as `CB`; an empty list selects all
 * @returns {Group[]}
 */
export function selected(groups, wanted) {
  if (wanted.length === 0) return groups;
  const isWanted = (/** @type {Requirement} */ { id }) => wanted.some((one) => id === one || id.startsWith(`${one}-`));
  return groups
    .map(({ heading, requirements }) => ({ heading, requirements: requirements.filter(isWanted) }))
    .filter(({ requirements }) => requirements.length > 0);
}

/**
 * Formats the coverage of requirements for a terminal.
 * @param {Group[]} groups the catalog, or a part of it
 * @param {Map<string, Naming[]>} found the tests that name each requirement
 * @param {Map<string, string[]>} [told] the pages that name each requirement, for those that cannot be tested
 * @param {Group[]} [catalog] the whole catalog, if `groups` is a part of it
 * @returns {string} a table, then the ids that only pages name, the ids that nothing names, and the ids that are not in the
 *   catalog
 */
export function requirementTable(groups, found, told = new Map(), catalog = groups) {
  const lines = groups.flatMap(({ heading, requirements }) => [
    heading,
    ...requirements.flatMap(({ id, text }) => {
      const tests = found.get(id) ?? [];
      return [
        `  ${id.padEnd(8)}${String(tests.length).padStart(3)}  ${text}`,
        ...tests.map(({ file, title }) => `${' '.repeat(15)}${file}: ${title}`),
        ...(tests.length === 0 ? (told.get(id) ?? []).map((file) => `${' '.repeat(15)}documented in ${file}`) : []),
      ];
    }),
    '',
  ]);
  const known = allIds(groups);
  const unheld = known.filter((id) => !found.has(id));
  const said = unheld.filter((id) => told.has(id));
  const unnamed = unheld.filter((id) => !told.has(id));
  const unknown = [...found.keys()].filter((id) => !allIds(catalog).includes(id));
  lines.push(`${known.length - unheld.length} of ${known.length} are named by a test.`);
  if (said.length > 0) lines.push(`Only documented: ${said.join(', ')}`);
  if (unnamed.length > 0) lines.push(`Not named: ${unnamed.join(', ')}`);
  if (unknown.length > 0) lines.push(`Not in the catalog: ${unknown.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

/** @type {(groups: Group[]) => string[]} the prefixes of ids */
const kindsOf = (groups) => [...new Set(allIds(groups).map((id) => id.slice(0, id.lastIndexOf('-'))))];

/** @type {(groups: Group[]) => string[]} */
const allIds = (groups) => groups.flatMap(({ requirements }) => requirements.map(({ id }) => id));
