/** The oldest browsers that the app supports: the only place that names them. docs/browsers.md says why. */

/**
 * By the names of @mdn/browser-compat-data.
 * @typedef {'chrome' | 'edge' | 'firefox' | 'safari' | 'safari_ios'} BrowserName
 * @type {Record<BrowserName, string>}
 */
export const OLDEST_BROWSERS = { chrome: '124', edge: '124', firefox: '140', safari: '17.4', safari_ios: '17.4' };

/**
 * Their names in messages and docs/browsers.md.
 * @type {Record<BrowserName, string>}
 */
export const BROWSER_TITLES = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  safari_ios: 'Safari on iOS',
};

/** @type {BrowserName[]} */
export const BROWSER_NAMES = ['chrome', 'edge', 'firefox', 'safari', 'safari_ios'];

/** The same for Vite, which transforms newer syntax and styles for these browsers. */
export const BUILD_TARGET = BROWSER_NAMES.map((name) => `${name.replace('safari_ios', 'ios')}${OLDEST_BROWSERS[name]}`);
