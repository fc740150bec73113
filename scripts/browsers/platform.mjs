/** Looks up features in @mdn/browser-compat-data and returns which of the oldest browsers lack them. Pure. */
import { browsersLacking } from './support.mjs';

/**
 * @typedef {import('@mdn/browser-compat-data/types').CompatData} CompatData
 * @typedef {import('@mdn/browser-compat-data/types').Identifier} Branch
 * @typedef {import('@mdn/browser-compat-data/types').SupportBlock} Support
 * @typedef {import('./oldest.mjs').BrowserName} BrowserName
 * @typedef {{ key: string, branch: Branch }} Entry an entry in the data, such as `api.URL.parse_static`
 * @typedef {{ name: string, keys: string[], browsers: BrowserName[] }} Missing a feature that some oldest browsers lack: its name
 *   in code, its keys in the data, and these browsers
 * @typedef {ReturnType<typeof platformOf>} Platform
 */

/**
 * Prepares the lookup for a set of browsers.
 * @param {CompatData} data
 * @param {Record<BrowserName, string>} oldest
 */
export function platformOf(data, oldest) {
  /** @type {Map<Support, BrowserName[]>} what was answered before: the same few names come up again and again */
  const cache = new Map();
  /** @type {(support: Support) => BrowserName[]} */
  const lacking = (support) => {
    const browsers = cache.get(support) ?? browsersLacking(support, oldest);
    cache.set(support, browsers);
    return browsers;
  };

  /**
   * The rule for all kinds of features: one that any of its entries supports everywhere passes, since nothing tells which of them
   * is meant; and so does what the data does not know.
   * @param {string} name
   * @param {Entry[]} entries all that the name may stand for
   * @returns {Missing | null} null if it is supported, unknown, or may be something that is supported
   */
  const judge = (name, entries) => {
    const known = entries.flatMap(({ key, branch }) =>
      branch.__compat ? [{ key, browsers: lacking(branch.__compat.support) }] : [],
    );
    if (known.length === 0 || known.some(({ browsers }) => browsers.length === 0)) return null;
    // The entry that most browsers have: whichever is meant, these browsers lack it.
    const [best] = known.toSorted((a, b) => a.browsers.length - b.browsers.length);
    return { name, keys: known.map(({ key }) => key), browsers: best?.browsers ?? [] };
  };

  /**
   * Finds entries by their keys in the data.
   * @param {...(string | undefined)[]} paths segments of each
   * @returns {Entry[]} of those that are there
   */
  const at = (...paths) =>
    paths.flatMap((path) => {
      /** @type {Branch | undefined} */
      let branch = /** @type {Branch} */ (/** @type {unknown} */ (data));
      for (const segment of path) branch = segment === undefined ? undefined : own(branch, segment);
      return branch ? [{ key: path.join('.'), branch }] : [];
    });

  return { judge, at };
}

/**
 * Lists the entries of a branch of the data.
 * @param {Entry} entry
 * @returns {{ name: string, entry: Entry }[]}
 */
export const partsOf = ({ key, branch }) =>
  Object.keys(branch)
    .filter((name) => name !== '__compat')
    .map((name) => ({ name, entry: { key: `${key}.${name}`, branch: branch[name] ?? {} } }));

/** @type {(branch: Branch | undefined, name: string) => Branch | undefined} not what objects inherit, such as `constructor` */
const own = (branch, name) =>
  branch !== undefined && name !== '__compat' && Object.hasOwn(branch, name) ? branch[name] : undefined;
