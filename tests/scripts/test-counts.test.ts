import { describe, expect, test } from 'vitest';
import { playwrightCounts, sum, vitestCounts } from '#scripts/test-counts.mjs';

describe('a report of vitest', () => {
  const file = (status: string, tests: string[]) => ({
    status,
    assertionResults: tests.map((one) => ({ status: one })),
  });

  test('is counted as it is', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 2,
      testResults: [file('failed', ['passed', 'failed', 'failed'])],
    };
    expect(vitestCounts(report, 1)).toEqual({ passed: 7, failed: 2 });
  });

  test('counts files that broke before their tests ran as failures', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 0,
      testResults: [file('passed', ['passed']), file('failed', [])],
    };
    expect(vitestCounts(report, 1)).toEqual({ passed: 7, failed: 1 });
  });

  test('counts as a failure if it is missing, or good in spite of a failed exit', () => {
    expect(vitestCounts(null, 1)).toEqual({ passed: 0, failed: 1 });
    expect(vitestCounts({ numPassedTests: 3, numFailedTests: 0, testResults: [] }, 1)).toEqual({
      passed: 3,
      failed: 1,
    });
  });
});

describe('a report of Playwright', () => {
  test('counts a flaky test and an error outside tests as failures', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [{}] };
    expect(playwrightCounts(report, 1)).toEqual({ passed: 5, failed: 3 });
  });

  test('may be missing', () => {
    expect(playwrightCounts(null, 1)).toEqual({ passed: 0, failed: 1 });
  });
});

test('the total is good if something passed and nothing failed', () => {
  expect(
    sum([
      { passed: 3, failed: 0 },
      { passed: 2, failed: 0 },
    ]),
  ).toEqual({ passed: 5, failed: 0, ok: true });
  expect(
    sum([
      { passed: 3, failed: 0 },
      { passed: 2, failed: 1 },
    ]),
  ).toMatchObject({ failed: 1, ok: false });
  expect(sum([{ passed: 0, failed: 0 }]).ok).toBe(false);
  expect(sum([]).ok).toBe(false);
});
