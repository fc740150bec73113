import { afterEach, describe, expect, it } from 'vitest';

import { weekAround } from '#messages/calendar.ts';
import {
  BROWSER_FORMATS,
  dayParts,
  firstDayOfWeek,
  formatClock,
  formatDay,
  formatDuration,
  formatHour,
  formatMilliseconds,
  formatNumber,
  formatTime,
  formatWhen,
  isKnownLocale,
  setFormats,
} from '#messages/format.ts';
import { localeOptions } from '#messages/locales.ts';

/** Wednesday 25 November 2026, 16:04:31 local time. */
const NOW = new Date(2026, 10, 25, 16, 4, 31).getTime();

/** Newer language data use other space characters. */
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

afterEach(() => {
  setFormats(BROWSER_FORMATS);
});

describe('the chosen locale', () => {
  it('formats dates, times and numbers, and a new choice applies at once', () => {
    setFormats({ ...BROWSER_FORMATS, locale: 'en-US' });
    expect(plain(formatWhen(NOW + 3 * 86_400_000, NOW))).toBe('Sat, Nov 28, 4:04 PM');
    expect(formatNumber(12_345.6)).toBe('12,345.6');
    setFormats({ ...BROWSER_FORMATS, locale: 'de-DE' });
    expect(formatWhen(NOW + 3 * 86_400_000, NOW)).toBe('Sa., 28. Nov., 16:04');
    expect(formatWhen(NOW + 3 * 86_400_000, NOW, 'seconds')).toBe('Sa., 28. Nov., 16:04:31');
    expect(formatDay(NOW + 3 * 86_400_000, NOW)).toBe('Sa., 28. Nov.');
    expect(dayParts(NOW)).toEqual({ number: '25', weekday: 'Mi', month: 'November' });
    expect(formatNumber(12_345.6)).toBe('12.345,6');
    expect(formatMilliseconds(1_240)).toBe('1,2 s');
  });

  it('writes every number in its own digits', () => {
    setFormats({ ...BROWSER_FORMATS, locale: 'ar-EG' });
    expect(formatDuration(42_000)).toBe('٤٢ s');
    expect(formatMilliseconds(38)).toBe('٣٨ ms');
    expect(dayParts(NOW).number).toBe('٢٥');
    expect(formatWhen(NOW + 3 * 86_400_000, NOW)).not.toContain(',');
  });
});

describe('a day near today', () => {
  it.each([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ])('%d is a word in the language of the interface', (days, word) => {
    setFormats({ ...BROWSER_FORMATS, locale: 'de-DE' });
    const at = NOW + days * 86_400_000;
    expect(formatDay(at, NOW)).toBe(word);
    expect(formatWhen(at, NOW)).toBe(`${word}, 16:04`);
    expect(formatWhen(at, NOW, 'seconds')).toBe(`${word}, 16:04:31`);
  });
});

describe('the hour cycle', () => {
  it.each([
    ['en-US', 'language', '4:04 PM', '4:04:31 PM', '9 AM'],
    ['en-US', '24h', '16:04', '16:04:31', '09'],
    ['de-DE', 'language', '16:04', '16:04:31', '09'],
    ['de-DE', '12h', '4:04 PM', '4:04:31 PM', '9 AM'],
  ] as const)('%s, %s', (locale, hourCycle, time, clock, nine) => {
    setFormats({ ...BROWSER_FORMATS, locale, hourCycle });
    expect(plain(formatTime(NOW))).toBe(time);
    expect(plain(formatClock(NOW))).toBe(clock);
    expect(formatHour(9)).toBe(nine);
  });
});

describe('the first day of the week', () => {
  it.each([
    ['en-US', 7],
    ['de-DE', 1],
    ['ar-EG', 6],
  ] as const)('%s: %d', (locale, day) => {
    setFormats({ ...BROWSER_FORMATS, locale });
    expect(firstDayOfWeek()).toBe(day);
  });

  it.each([
    [1, 23],
    [7, 22],
    [6, 21],
    [3, 25],
    [4, 19],
  ])('%d: the week around Wednesday 25 November begins on the %dth and contains it', (firstDay, date) => {
    const week = weekAround(NOW, firstDay);
    expect(week.map((day) => new Date(day).getDate())).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((day) => new Date(2026, 10, date + day).getDate()),
    );
  });
});

describe('the offered locales', () => {
  it('are the user’s own first, then common ones, each once and in its own language', () => {
    const options = localeOptions(['cy-GB', 'de-DE', 'cy-GB']);
    expect(options.slice(0, 2)).toEqual([
      { tag: 'cy-GB', name: expect.stringContaining('Cymraeg') },
      { tag: 'de-DE', name: 'Deutsch (Deutschland)' },
    ]);
    expect(options).toContainEqual({ tag: 'fr-FR', name: 'français (France)' });
    const tags = options.map(({ tag }) => tag);
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('omit invalid language tags and unknown languages', () => {
    expect(isKnownLocale('not a tag')).toBe(false);
    expect(isKnownLocale('xx-XX')).toBe(false);
    expect(localeOptions(['not a tag', 'xx-XX']).map(({ tag }) => tag)).toEqual(
      localeOptions([]).map(({ tag }) => tag),
    );
  });
});
