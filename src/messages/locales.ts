import { isKnownLocale } from './format.ts';

/** A locale for dates and numbers, named in its own language. */
export interface LocaleOption {
  /** A language tag (BCP 47). */
  tag: string;
  name: string;
}

const COMMON = [
  'ar-EG',
  'de-DE',
  'en-GB',
  'en-US',
  'es-ES',
  'es-MX',
  'fr-FR',
  'he-IL',
  'hi-IN',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'sv-SE',
  'tr-TR',
  'uk-UA',
  'zh-CN',
];

/**
 * Returns the locales to choose from, without duplicates: the user's own, then common ones by name.
 * @param own language tags to list first; those the browser does not know are dropped
 */
export function localeOptions(own: readonly string[]): LocaleOption[] {
  const named = (tags: readonly string[]): LocaleOption[] =>
    tags.filter(isKnownLocale).map((tag) => ({ tag, name: localeName(tag) }));
  const common = named(COMMON).toSorted((a, b) => a.name.localeCompare(b.name));
  return [...new Map([...named(own), ...common].map((option) => [option.tag, option])).values()];
}

/**
 * Returns a locale's name in its own language: "français (France)". Returns the tag itself if the browser has no name for it,
 * because a label must never break a screen.
 */
export function localeName(tag: string): string {
  try {
    // `baseName` would do, but WebKit leaves extensions in it (`en-US-u-va-posix`), and DisplayNames throws for those.
    const { language, script, region } = new Intl.Locale(tag);
    const plainTag = [language, script, region].filter((part) => part !== undefined).join('-');
    return new Intl.DisplayNames(tag, { type: 'language', languageDisplay: 'standard' }).of(plainTag) ?? tag;
  } catch {
    return tag;
  }
}

/** Returns the locale that the browser formats with by default. */
export function browserLocale(): string {
  return new Intl.DateTimeFormat().resolvedOptions().locale;
}
