/**
 * Whether a path below the app's folder is a screen of the app, and so is answered with its page (PAGE-7): by the rule that the
 * host follows (scripts/hosting.mjs), which a test holds this one against.
 */
export function isScreenPath(path: string): boolean {
  if (path === '.well-known' || path.startsWith('.well-known/')) return false;
  if (path === 'assets' || path.startsWith('assets/')) return false;
  return !path.slice(path.lastIndexOf('/') + 1).includes('.');
}
