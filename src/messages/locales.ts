import { isKnownLocale } from './format.ts';

/** A way to write dates and numbers, named in its own language. */
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
 * The locales to choose from: the person's own, then common ones by name, each once.
 * @param own language tags that come first; what this browser does not know drops out
 */
export function localeOptions(own: readonly string[]): LocaleOption[] {
  const named = (tags: readonly string[]): LocaleOption[] =>
    tags.filter(isKnownLocale).map((tag) => ({ tag, name: localeName(tag) }));
  const common = named(COMMON).toSorted((a, b) => a.name.localeCompare(b.name));
  return [...new Map([...named(own), ...common].map((option) => [option.tag, option])).values()];
}

/**
 * Returns what a locale is called in its own language: "français (France)". Returns the tag itself where the browser knows no name
 * for it: a label must never cost a screen.
 */
export function localeName(tag: string): string {
  try {
    // `baseName` would do, but WebKit leaves extensions in it (`en-US-u-va-posix`), and DisplayNames throws at those.
    const { language, script, region } = new Intl.Locale(tag);
    const plainTag = [language, script, region].filter((part) => part !== undefined).join('-');
    return new Intl.DisplayNames(tag, { type: 'language', languageDisplay: 'standard' }).of(plainTag) ?? tag;
  } catch {
    return tag;
  }
}

/** The locale that the browser formats by when nothing else is chosen. */
export function browserLocale(): string {
  return new Intl.DateTimeFormat().resolvedOptions().locale;
}
