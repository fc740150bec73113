/** Determines which browsers support a feature, from statements of @mdn/browser-compat-data. Pure. */
import { BROWSER_NAMES } from './oldest.mjs';

/**
 * @typedef {import('./oldest.mjs').BrowserName} BrowserName
 * @typedef {import('@mdn/browser-compat-data/types').SimpleSupportStatement} Statement
 * @typedef {import('@mdn/browser-compat-data/types').SupportStatement} Statements
 * @typedef {import('@mdn/browser-compat-data/types').SupportBlock} SupportBlock
 */

/**
 * Lists the browsers whose oldest supported version lacks a feature.
 * @param {SupportBlock} support the data on the feature
 * @param {Record<BrowserName, string>} oldest the oldest version of each browser
 * @returns {BrowserName[]} in the order of BROWSER_NAMES; includes browsers that the data does not mention
 */
export const browsersLacking = (support, oldest) =>
  BROWSER_NAMES.filter((browser) => !isSupported(support[browser], oldest[browser]));

/**
 * Returns whether a browser version fully supports a feature, under its standard name and without a setting.
 * @param {Statements | undefined} statements one, or several for several ranges of versions or names
 * @param {string} version such as `17.4`
 * @returns {boolean} false for a feature behind a flag, with a prefix or another name, in a preview, or partial
 */
export function isSupported(statements, version) {
  if (statements === undefined) return false;
  return [statements].flat().some((statement) => isWhole(statement) && isWithin(statement, version));
}

/**
 * A partial implementation counts as none: only a person who reads its notes can tell whether the missing part matters
 * here, and docs/browsers.md is where the answer is kept.
 * @type {(statement: Statement) => boolean}
 */
const isWhole = ({ flags, prefix, alternative_name: otherName, partial_implementation: isPartial }) =>
  flags === undefined && prefix === undefined && otherName === undefined && isPartial !== true;

/** @type {(statement: Statement, version: string) => boolean} */
function isWithin({ version_added: added, version_removed: removed }, version) {
  if (added === false || !isAtMost(added, version)) return false;
  return removed === undefined || !isAtMost(removed, version);
}

/**
 * Compares versions number by number.
 * @param {string} version `17.4`, `≤79` (there at 79, perhaps earlier), or `preview`, which is later than any release
 * @param {string} limit
 * @returns {boolean}
 */
function isAtMost(version, limit) {
  if (version === 'preview') return false;
  const [numbers, limits] = [version.replace('≤', ''), limit].map((one) => one.split('.').map(Number));
  for (let index = 0; index < Math.max(numbers?.length ?? 0, limits?.length ?? 0); index += 1) {
    const difference = (numbers?.[index] ?? 0) - (limits?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}
