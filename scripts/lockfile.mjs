/** Checks package-lock.json. Pure. */

/**
 * @typedef {{ resolved?: string, hasInstallScript?: boolean, link?: boolean,
 *   optionalDependencies?: Record<string, string> }} LockEntry
 */

/**
 * Finds download URLs (the file must work with any registry), install scripts (which run third-party code), and optional
 * packages of other platforms that were not locked.
 * @param {{ packages: Record<string, LockEntry> }} lock package-lock.json
 * @returns {string[]} one line per fault
 */
export function lockfileFaults({ packages }) {
  const others = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
  const addressed = others.filter(([, { resolved }]) => resolved !== undefined);
  const scripted = others.filter(([, { hasInstallScript }]) => hasInstallScript);
  const missing = others.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `${path} wants ${name}, which is left out: npm ci will refuse the file`),
  );
  return [
    ...addressed.map(([path]) => `${path} names a download address`),
    ...scripted.map(([path]) => `${path} runs a script when installed`),
    ...missing,
  ];
}
