/** Which tests name which requirements: the catalogue and the titles of tests, read as text. Pure. */

/**
 * @typedef {{ id: string, text: string }} Requirement
 * @typedef {{ heading: string, requirements: Requirement[] }} Group
 * @typedef {{ file: string, title: string }} Naming
 */

/**
 * @param {string} markdown headings, and below each a line for each requirement: `- **ID-1** words`
 * @returns {Group[]} in its order, without headings that have none
 */
export function readCatalogue(markdown) {
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
 * The string literals of a test file: titles, and the rows of tables that make titles. Comments are left out, since they
 * run nothing. A literal is looked for within its line.
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
 * @param {string} text
 * @param {string[]} kinds what ids begin with, such as `AUTH`
 * @returns {string[]} the ids that it names, each once; a range such as `AUTH-1 to AUTH-7` names all of it
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
 * @param {Group[]} groups the catalogue
 * @param {{ file: string, source: string }[]} tests
 * @returns {Map<string, Naming[]>} by id; also ids of these kinds that the catalogue does not have
 */
export function namings(groups, tests) {
  const kinds = [...new Set(allIds(groups).map((id) => id.slice(0, id.lastIndexOf('-'))))];
  /** @type {Map<string, Naming[]>} */
  const found = new Map();
  for (const { file, source } of tests)
    for (const title of stringsOf(source))
      for (const id of idsIn(title, kinds)) found.set(id, [...(found.get(id) ?? []), { file, title }]);
  return found;
}

/**
 * @param {Group[]} groups the catalogue
 * @param {Map<string, Naming[]>} found
 * @returns {string} a table, then the ids that no test names, then those that the catalogue does not have
 */
export function requirementTable(groups, found) {
  const lines = groups.flatMap(({ heading, requirements }) => [
    heading,
    ...requirements.flatMap(({ id, text }) => {
      const tests = found.get(id) ?? [];
      return [
        `  ${id.padEnd(8)}${String(tests.length).padStart(3)}  ${text}`,
        ...tests.map(({ file, title }) => `${' '.repeat(15)}${file}: ${title}`),
      ];
    }),
    '',
  ]);
  const known = allIds(groups);
  const unnamed = known.filter((id) => !found.has(id));
  const unknown = [...found.keys()].filter((id) => !known.includes(id));
  lines.push(`${known.length - unnamed.length} of ${known.length} are named by a test.`);
  if (unnamed.length > 0) lines.push(`Named by none: ${unnamed.join(', ')}`);
  if (unknown.length > 0) lines.push(`Not in the catalogue: ${unknown.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

/** @type {(groups: Group[]) => string[]} */
const allIds = (groups) => groups.flatMap(({ requirements }) => requirements.map(({ id }) => id));
