import { afterEach, describe, expect, test } from 'vitest';

import { firstDayIn, firstDayInRegion } from '#messages/first-day.ts';

type WithWeek = Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
const weekOf = (tag: string): { firstDay: number } | undefined => {
  const locale: WithWeek = new Intl.Locale(tag);
  return locale.getWeekInfo?.() ?? locale.weekInfo;
};

/** Two-letter codes that Node's ICU names as regions and that are still in use. */
function regionCodes(): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => names.of(code) !== undefined && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`);
}

describe('the first day of the week', () => {
  test('matches ICU for every region', () => {
    const codes = regionCodes();
    expect(codes.length).toBeGreaterThan(240);
    const expected = codes.map((code) => [code, weekOf(`und-${code}`)?.firstDay]);
    expect(codes.map((code) => [code, firstDayInRegion(code)])).toEqual(expected);
  });

  describe('in a browser without week data', () => {
    const methods = ['getWeekInfo', 'weekInfo'].map(
      (name) => [name, Object.getOwnPropertyDescriptor(Intl.Locale.prototype, name)] as const,
    );
    afterEach(() => {
      for (const [name, method] of methods) if (method) Object.defineProperty(Intl.Locale.prototype, name, method);
    });

    test.each([
      ['en-US', 7],
      ['en-GB', 1],
      ['ar-EG', 6],
      ['dv-MV', 5],
      // The most likely region of a language without a region.
      ['en', 7],
      ['de', 1],
    ])('%s begins with day %d', (tag, day) => {
      for (const [name] of methods) Reflect.deleteProperty(Intl.Locale.prototype, name);
      expect(weekOf(tag)).toBeUndefined();
      expect(firstDayIn(tag)).toBe(day);
    });
  });
});
