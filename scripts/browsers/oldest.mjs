/** The oldest browsers that the app supports: the one place that names them. */

/** By the names of @mdn/browser-compat-data. */
const OLDEST_BROWSERS = { chrome: '124', edge: '124', firefox: '140', safari: '17.4', safari_ios: '17.4' };

/** For Vite, which writes newer syntax and style in a way that these browsers understand. */
export const BUILD_TARGET = Object.entries(OLDEST_BROWSERS).map(
  ([name, version]) => `${name.replace('safari_ios', 'ios')}${version}`,
);
