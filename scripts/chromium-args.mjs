/** The switches that Chromium is started with, here and in playwright.config.ts. */

/**
 * @param {number | undefined} userId of this process; undefined on Windows
 * @returns {string[]} quiet in the background; root cannot have Chromium's sandbox
 */
export function chromiumArgs(userId = process.getuid?.()) {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return userId === 0 ? [...quiet, '--no-sandbox'] : quiet;
}
