/** The oldest browsers that the app supports: the one place that names them. docs/browsers.md says why these. */

/**
 * By the names of @mdn/browser-compat-data.
 * @typedef {'chrome' | 'edge' | 'firefox' | 'safari' | 'safari_ios'} BrowserName
 * @type {Record<BrowserName, string>}
 */
export const OLDEST_BROWSERS = { chrome: '124', edge: '124', firefox: '140', safari: '17.4', safari_ios: '17.4' };

/**
 * What a message and docs/browsers.md call them.
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

/** The same for Vite, which writes newer syntax and style in a way that these browsers understand. */
export const BUILD_TARGET = BROWSER_NAMES.map((name) => `${name.replace('safari_ios', 'ios')}${OLDEST_BROWSERS[name]}`);
