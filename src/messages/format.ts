import { daysAway } from './calendar.ts';
import { firstDayIn } from './first-day.ts';

/** How a person wants dates, times and numbers written. */
export interface FormatChoice {
  /** A language tag (BCP 47) that `isKnownLocale`; undefined: as the browser. */
  locale: string | undefined;
  hourCycle: 'language' | '24h' | '12h';
}

/** As the browser and its language have it. */
export const BROWSER_FORMATS: FormatChoice = { locale: undefined, hourCycle: 'language' };

const HOUR_CYCLES = { language: undefined, '24h': 'h23', '12h': 'h12' } as const;
/** The language of the words, which a relative day is one of: it stands between them whatever the formats are. */
const relativeDay = whenAsked(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }));

let formats = formatsFor(BROWSER_FORMATS);

/** What the functions below format by from now on. Times are milliseconds since 1970, in the browser's time zone. */
export function setFormats(choice: FormatChoice): void {
  formats = formatsFor(choice);
}

/** Made with its first use: a browser takes milliseconds for each, and a screen shows few of them. */
function whenAsked<T extends object | number>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function formatsFor({ locale, hourCycle: chosenCycle }: FormatChoice) {
  const hourCycle = HOUR_CYCLES[chosenCycle];
  const toTheMinute = { hour: 'numeric', minute: '2-digit', hourCycle } as const;
  const toTheSecond = { ...toTheMinute, second: '2-digit' } as const;
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return {
    time: {
      minutes: whenAsked(() => new Intl.DateTimeFormat(locale, toTheMinute)),
      seconds: whenAsked(() => new Intl.DateTimeFormat(locale, toTheSecond)),
      milliseconds: whenAsked(() => new Intl.DateTimeFormat(locale, { ...toTheSecond, fractionalSecondDigits: 3 })),
    },
    /** A day with its time: only together does the language's own sign stand between them. */
    dayAndTime: {
      minutes: whenAsked(() => new Intl.DateTimeFormat(locale, { ...day, ...toTheMinute })),
      seconds: whenAsked(() => new Intl.DateTimeFormat(locale, { ...day, ...toTheSecond })),
    },
    hour: whenAsked(() => new Intl.DateTimeFormat(locale, { hour: 'numeric', hourCycle })),
    weekday: whenAsked(() => new Intl.DateTimeFormat(locale, { weekday: 'short' })),
    dayAndMonth: whenAsked(() => new Intl.DateTimeFormat(locale, day)),
    month: whenAsked(() => new Intl.DateTimeFormat(locale, { month: 'long' })),
    number: whenAsked(() => new Intl.NumberFormat(locale)),
    firstDay: whenAsked(() => firstDayIn(locale ?? new Intl.NumberFormat().resolvedOptions().locale)),
  };
}

/** Whether this browser can format by a language tag, whatever it came from. */
export function isKnownLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false; // no language tag at all
  }
}

/** "16:04", or as the language writes it. */
export function formatTime(at: number): string {
  return formats.time.minutes().format(at);
}

/** "16:04:31" */
export function formatClock(at: number): string {
  return formats.time.seconds().format(at);
}

/** "16:04:31.412" */
export function formatExactClock(at: number): string {
  return formats.time.milliseconds().format(at);
}

/** A full hour at the edge of a calendar, from 0 to 23: "09", "9 AM". */
export function formatHour(hour: number): string {
  return formats
    .hour()
    .formatToParts(new Date(2000, 0, 1, hour))
    .filter(({ type }) => type === 'hour' || type === 'dayPeriod')
    .map(({ value }) => value)
    .join(' ');
}

/** "yesterday", "today" and "tomorrow"; other days as "Thu, 26 Nov". */
export function formatDay(at: number, now: number): string {
  return relativeWord(at, now) ?? formats.dayAndMonth().format(at);
}

/** "yesterday, 16:04"; other days as "Thu, 26 Nov, 16:04". */
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

/** The parts of a day's heading: "26", "Thu", "November". */
export function dayParts(at: number): { number: string; weekday: string; month: string } {
  return {
    number: formatNumber(new Date(at).getDate()),
    weekday: formats.weekday().format(at),
    month: formats.month().format(at),
  };
}

/** The day a week begins with: 1 is Monday, 7 is Sunday (ISO 8601). */
export function firstDayOfWeek(): number {
  return formats.firstDay();
}

/** What is left or has passed, in one unit: "42 s", "11 min", "3 h", "2 d". Less than nothing counts as nothing. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds < 100) return `${formatNumber(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${formatNumber(minutes)} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${formatNumber(hours)} h` : `${formatNumber(Math.round(hours / 24))} d`;
}

/** How long a step took: "38 ms", "1.2 s". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${formatNumber(Math.round(milliseconds))} ms`;
  return milliseconds < 10_000
    ? `${formatNumber(Math.round(milliseconds / 100) / 10)} s`
    : formatDuration(milliseconds);
}

/** "1,204" */
export function formatNumber(value: number): string {
  return formats.number().format(value);
}

/** The place whose time is meant, from the browser's time zone: "London", "UTC". */
export function timeZonePlace(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
