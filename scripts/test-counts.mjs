/** Adds up what vitest and Playwright report. Pure. */

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ numPassedTests: number, numFailedTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} PlaywrightReport
 */

/**
 * @param {VitestReport | null} report null when none was written
 * @param {number} exitCode
 * @returns {Counts} a file that failed before its tests ran counts as one failure, as does a bad exit without a culprit
 */
export function vitestCounts(report, exitCode) {
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  return counted(report?.numPassedTests ?? 0, (report?.numFailedTests ?? 0) + brokenFiles.length, exitCode);
}

/**
 * @param {PlaywrightReport | null} report null when none was written
 * @param {number} exitCode
 * @returns {Counts} a flaky test is a failed one; an error outside of tests counts as one failure
 */
export function playwrightCounts(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  return counted(expected, unexpected + flaky + (report?.errors.length ?? 0), exitCode);
}

/**
 * @param {Counts[]} parts
 * @returns {Counts & { ok: boolean }} ok: nothing failed, and something ran
 */
export function sum(parts) {
  const passed = parts.reduce((total, part) => total + part.passed, 0);
  const failed = parts.reduce((total, part) => total + part.failed, 0);
  return { passed, failed, ok: failed === 0 && passed > 0 };
}

/** @type {(passed: number, failed: number, exitCode: number) => Counts} */
const counted = (passed, failed, exitCode) => ({ passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed });
