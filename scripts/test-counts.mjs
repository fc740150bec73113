/** Adds up the results of vitest and Playwright. Pure. */

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ numPassedTests: number, numFailedTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} PlaywrightReport
 */

/**
 * Counts the results of vitest. A file that fails before its tests run counts as one failure, as does a non-zero exit code
 * without a failed test.
 * @param {VitestReport | null} report null if none was written
 * @param {number} exitCode
 * @returns {Counts}
 */
export function vitestCounts(report, exitCode) {
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  return counted(report?.numPassedTests ?? 0, (report?.numFailedTests ?? 0) + brokenFiles.length, exitCode);
}

/**
 * Counts the results of Playwright. A flaky test counts as failed, and each error outside of tests as one failure.
 * @param {PlaywrightReport | null} report null if none was written
 * @param {number} exitCode
 * @returns {Counts}
 */
export function playwrightCounts(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  return counted(expected, unexpected + flaky + (report?.errors.length ?? 0), exitCode);
}

/**
 * Adds up counts.
 * @param {Counts[]} parts
 * @returns {Counts & { ok: boolean }} ok: at least one test ran, and none failed
 */
export function sum(parts) {
  const passed = parts.reduce((total, part) => total + part.passed, 0);
  const failed = parts.reduce((total, part) => total + part.failed, 0);
  return { passed, failed, ok: failed === 0 && passed > 0 };
}

/** @type {(passed: number, failed: number, exitCode: number) => Counts} */
const counted = (passed, failed, exitCode) => ({ passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed });
