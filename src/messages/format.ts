import { lazy } from '#lib/lazy.ts';

import { daysAway } from './calendar.ts';
import { firstDayIn } from './first-day.ts';

/** How the user wants dates, times and numbers written. */
export interface FormatChoice {
  /** A language tag (BCP 47) accepted by `isKnownLocale`; undefined for the browser's default. */
  locale: string | undefined;
  hourCycle: 'language' | '24h' | '12h';
}

/** The defaults of the browser and its language. */
export const BROWSER_FORMATS: FormatChoice = { locale: undefined, hourCycle: 'language' };

const HOUR_CYCLES = { language: undefined, '24h': 'h23', '12h': 'h12' } as const;
/** Always in the language of the interface, whatever the formats are, because a relative day is a word within a sentence. */
const relativeDay = lazy(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }));

let formats = formatsFor(BROWSER_FORMATS);

/** Sets the formats for the functions below. Times are milliseconds since 1970, in the browser's time zone. */
export function setFormats(choice: FormatChoice): void {
  formats = formatsFor(choice);
}

/** Returns the formatters of a choice. Creating one takes milliseconds, and a screen needs only a few of them. */
function formatsFor({ locale, hourCycle: chosenCycle }: FormatChoice) {
  const hourCycle = HOUR_CYCLES[chosenCycle];
  const toTheMinute = { hour: 'numeric', minute: '2-digit', hourCycle } as const;
  const toTheSecond = { ...toTheMinute, second: '2-digit' } as const;
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return {
    time: {
      minutes: lazy(() => new Intl.DateTimeFormat(locale, toTheMinute)),
      seconds: lazy(() => new Intl.DateTimeFormat(locale, toTheSecond)),
      milliseconds: lazy(() => new Intl.DateTimeFormat(locale, { ...toTheSecond, fractionalSecondDigits: 3 })),
    },
    /** A day with its time, formatted together so that the language's own separator is used between them. */
    dayAndTime: {
      minutes: lazy(() => new Intl.DateTimeFormat(locale, { ...day, ...toTheMinute })),
      seconds: lazy(() => new Intl.DateTimeFormat(locale, { ...day, ...toTheSecond })),
    },
    hour: lazy(() => new Intl.DateTimeFormat(locale, { hour: 'numeric', hourCycle })),
    weekday: lazy(() => new Intl.DateTimeFormat(locale, { weekday: 'short' })),
    dayAndMonth: lazy(() => new Intl.DateTimeFormat(locale, day)),
    month: lazy(() => new Intl.DateTimeFormat(locale, { month: 'long' })),
    number: lazy(() => new Intl.NumberFormat(locale)),
    firstDay: lazy(() => firstDayIn(locale ?? new Intl.NumberFormat().resolvedOptions().locale)),
  };
}

/** Returns whether the browser can format with a language tag, including one from an untrusted source. */
export function isKnownLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false; // not a valid language tag
  }
}

/** Formats a time as "16:04", or as usual in the language. */
export function formatTime(at: number): string {
  return formats.time.minutes().format(at);
}

/** Formats a time as "16:04:31". */
export function formatClock(at: number): string {
  return formats.time.seconds().format(at);
}

/** Formats a time as "16:04:31.412". */
export function formatExactClock(at: number): string {
  return formats.time.milliseconds().format(at);
}

/** Formats a full hour from 0 to 23 for a calendar's edge: "09", "9 AM". */
export function formatHour(hour: number): string {
  return formats
    .hour()
    .formatToParts(new Date(2000, 0, 1, hour))
    .filter(({ type }) => type === 'hour' || type === 'dayPeriod')
    .map(({ value }) => value)
    .join(' ');
}

/** Returns "yesterday", "today" or "tomorrow"; formats other days as "Thu, 26 Nov". */
export function formatDay(at: number, now: number): string {
  return relativeWord(at, now) ?? formats.dayAndMonth().format(at);
}

/** Formats a time as "yesterday, 16:04", and on other days as "Thu, 26 Nov, 16:04". */
export function formatWhen(at: number, now: number, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const word = relativeWord(at, now);
  return word === undefined
    ? formats.dayAndTime[precision]().format(at)
    : `${word}, ${formats.time[precision]().format(at)}`;
}

function relativeWord(at: number, now: number): string | undefined {
  const days = daysAway(at, now);
  return Math.abs(days) <= 1 ? relativeDay().format(days, 'day') : undefined;
}

/** Returns the parts of a day's heading: "26", "Thu", "November". */
export function dayParts(at: number): { number: string; weekday: string; month: string } {
  return {
    number: formatNumber(new Date(at).getDate()),
    weekday: formats.weekday().format(at),
    month: formats.month().format(at),
  };
}

/** Returns the first day of the week: 1 is Monday, 7 is Sunday (ISO 8601). */
export function firstDayOfWeek(): number {
  return formats.firstDay();
}

/** Formats a remaining or elapsed time in one unit: "42 s", "11 min", "3 h", "2 d". Negative values count as zero. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds < 100) return `${formatNumber(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${formatNumber(minutes)} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${formatNumber(hours)} h` : `${formatNumber(Math.round(hours / 24))} d`;
}

/** Formats how long a step took: "38 ms", "1.2 s". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${formatNumber(Math.round(milliseconds))} ms`;
  return milliseconds < 10_000
    ? `${formatNumber(Math.round(milliseconds / 100) / 10)} s`
    : formatDuration(milliseconds);
}

/** Formats a number as "1,204". */
export function formatNumber(value: number): string {
  return formats.number().format(value);
}

/** Returns the city or name of the browser's time zone: "London", "UTC". */
export function timeZoneCity(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
