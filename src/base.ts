const here = import.meta.url; // a variable, because bundlers treat `new URL('../', import.meta.url)` as an asset

/**
 * The URL of the folder the app is served from, with a trailing slash. Derived at run time from this module's own URL (it is
 * bundled into `assets/`, one level down), so that one build can be served from any path (M-18).
 */
export const appUrl = new URL('../', here).href;
