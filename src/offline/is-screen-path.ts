/**
 * Returns true if a path below the app's folder is a screen of the app, which is served as the app's page (PAGE-7). The
 * host follows the same rule (scripts/hosting.mjs); a test compares the two.
 */
export function isScreenPath(path: string): boolean {
  if (path === '.well-known' || path.startsWith('.well-known/')) return false;
  if (path === 'assets' || path.startsWith('assets/')) return false;
  return !path.slice(path.lastIndexOf('/') + 1).includes('.');
}
