/** Compares the used features with those in docs/browsers.md. Pure. */
import { BROWSER_NAMES, BROWSER_TITLES, OLDEST_BROWSERS } from './oldest.mjs';

/**
 * @typedef {import('./platform.mjs').Missing} Missing
 * @typedef {import('./listed.mjs').Row} Row
 * @typedef {{ missing: Missing, file: string, line: number, column: number }} Finding
 */

/** As many uses as help to find the rest. */
const SHOWN_USES = 3;

/**
 * @param {Finding[]} findings what is used
 * @param {{ allowed: Row[], expected: Row[], document: string }} listed allowed: rows for allowed features; expected: those among
 *   them that must match a use; document: its path, for messages
 * @returns {string[]} one text per fault: a use that no row allows, an unused row, or a row with the wrong browsers or no reason
 */
export function faultsOf(findings, { allowed, expected, document }) {
  const unlisted = findings.filter(
    ({ missing }) => !allowed.some(({ names }) => names.some((name) => isFor(name, missing))),
  );
  return [
    ...[...new Set(unlisted.map(({ missing }) => missing.name))].map((name) =>
      unlistedFault(
        unlisted.filter(({ missing }) => missing.name === name),
        document,
      ),
    ),
    ...expected.flatMap((row) => rowFaults(row, findings).map((fault) => `${document}:${row.line}  ${fault}`)),
  ];
}

/**
 * @param {Missing['browsers']} browsers
 * @returns {string} as in the second column of the document
 */
export const browserWords = (browsers) =>
  browsers.length === BROWSER_NAMES.length ? 'all' : browsers.map((name) => BROWSER_TITLES[name]).join(', ');

/** @type {(listed: string, missing: Missing) => boolean} by its name, its key, or the end of its key, as in `Intl.Locale.getWeekInfo` */
const isFor = (listed, { name, keys }) =>
  listed === name || keys.some((key) => key === listed || (listed.includes('.') && key.endsWith(`.${listed}`)));

/** @type {(uses: Finding[], document: string) => string} */
function unlistedFault(uses, document) {
  const [first] = uses;
  if (!first) return '';
  const { name, keys, browsers } = first.missing;
  const versions = browsers.map((one) => `${BROWSER_TITLES[one]} ${OLDEST_BROWSERS[one]}`).join(', ');
  const more = uses.length > SHOWN_USES ? [`  and ${uses.length - SHOWN_USES} more`] : [];
  return [
    ...uses.slice(0, SHOWN_USES).map(({ file, line, column }) => `${file}:${line}:${column}`),
    ...more,
    `  ${name} is missing in ${versions} (${keys.slice(0, SHOWN_USES).join(', ')}).`,
    `  Use something else, or write a fall-back and list it in ${document}.`,
  ].join('\n');
}

/** @type {(row: Row, findings: Finding[]) => string[]} */
function rowFaults({ names, browsers, reason }, findings) {
  if (names.length === 0 || reason === '')
    return ['A row names a feature in backticks, the browsers, and the fall-back.'];
  const uses = names.map((name) => ({ name, missing: findings.find(({ missing }) => isFor(name, missing))?.missing }));
  return uses.flatMap(({ name, missing }) => {
    if (!missing) return [`${name} is not used, or no longer missing: take it out.`];
    const words = browserWords(missing.browsers);
    return words === browsers ? [] : [`${name} is missing in: ${words}.`];
  });
}
