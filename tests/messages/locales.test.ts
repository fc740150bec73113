import { describe, expect, test, vi } from 'vitest';

import { localeName, localeOptions } from '#messages/locales.ts';

describe('the name of a locale', () => {
  test.each([
    ['fr-FR', 'français (France)'],
    ['en-US-u-va-posix', 'English (United States)'],
    ['zh-Hant-TW', '中文（繁體，台灣）'],
  ])('%s is %s', (tag, name) => {
    expect(localeName(tag)).toBe(name);
  });

  test('is its tag if the browser has no name for it or throws', () => {
    expect(localeName('C')).toBe('C');
    vi.spyOn(Intl.DisplayNames.prototype, 'of').mockImplementation(() => {
      throw new RangeError('invalid language tag');
    });
    expect(localeName('fr-FR')).toBe('fr-FR');
    expect(localeOptions(['en-US-u-va-posix']).length).toBeGreaterThan(20);
  });

  test('is found although WebKit leaves extensions in baseName, which makes DisplayNames throw', () => {
    vi.spyOn(Intl.Locale.prototype, 'baseName', 'get').mockReturnValue('en-US-u-va-posix');
    expect(localeName('en-US-u-va-posix')).toBe('English (United States)');
  });
});
