/** The command-line switches of Chromium, for these scripts and playwright.config.ts. */

/**
 * Returns switches that disable background traffic, and the sandbox for root, who cannot use it.
 * @param {number | undefined} userId of this process; undefined on Windows
 * @returns {string[]}
 */
export function chromiumArgs(userId = process.getuid?.()) {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return userId === 0 ? [...quiet, '--no-sandbox'] : quiet;
}
