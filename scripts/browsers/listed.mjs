/** Reads docs/browsers.md: which features beyond the oldest browsers may be used, and why. Pure. */

/**
 * @typedef {{ names: string[], browsers: string, reason: string, line: number }} Row names: of features, or their keys in the data;
 *   browsers: those that lack them, as text; reason: the fallback
 * @typedef {{ app: Row[], libraries: Row[] }} Listed
 */

/** The first words of each table. */
const HEADERS = { app: 'Used by the app', libraries: 'Used by libraries' };

/**
 * @param {string} markdown
 * @returns {Listed} the rows of its two tables
 */
export const readListed = (markdown) => ({
  app: rowsUnder(markdown, HEADERS.app),
  libraries: rowsUnder(markdown, HEADERS.libraries),
});

/** @type {(markdown: string, header: string) => Row[]} */
function rowsUnder(markdown, header) {
  /** @type {Row[]} */
  const rows = [];
  let isInside = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (!text.startsWith('|')) isInside = false;
    const [first = '', browsers = '', reason = ''] = text
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const names = [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    if (isInside && !/^:?-+:?$/.test(first)) rows.push({ names, browsers, reason, line: index + 1 });
    if (text.startsWith('|') && first === header) isInside = true;
  }
  return rows;
}
