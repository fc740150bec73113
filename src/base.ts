const here = import.meta.url; // named, because a bundler would take `new URL('../', import.meta.url)` for an asset

/**
 * The folder the app is served from, with its last slash: found at run time from this module's own address (it is bundled
 * into `assets/`, one level down), so that one build serves any path (M-18).
 */
export const appUrl = new URL('../', here).href;
