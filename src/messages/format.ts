import { daysAway } from './calendar.ts';

/** Formats in the browser's language and time zone. Times are milliseconds since 1970. */
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat(undefined, { month: 'long' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const number = new Intl.NumberFormat();

/** "16:04", or as the language writes it. */
export function formatTime(at: number): string {
  return time.format(at);
}

/** "16:04:31" */
export function formatClock(at: number): string {
  return timeWithSeconds.format(at);
}

/** "yesterday", "today" and "tomorrow"; other days as "Thu, 26 Nov". */
export function formatDay(at: number, now: number): string {
  const days = daysAway(at, now);
  return Math.abs(days) <= 1 ? relative.format(days, 'day') : dayAndMonth.format(at);
}

/** "yesterday, 16:04" */
export function formatWhen(at: number, now: number): string {
  return `${formatDay(at, now)}, ${formatTime(at)}`;
}

/** The parts of a day's heading: "26", "Thu", "November". */
export function dayParts(at: number): { number: number; weekday: string; month: string } {
  return { number: new Date(at).getDate(), weekday: weekday.format(at), month: month.format(at) };
}

/** What is left or has passed, in one unit: "42 s", "11 min", "3 h", "2 d". Less than nothing counts as nothing. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** How long a step took: "38 ms", "1.2 s". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 10_000
    ? `${number.format(Math.round(milliseconds / 100) / 10)} s`
    : formatDuration(milliseconds);
}

/** "1,204" */
export function formatNumber(value: number): string {
  return number.format(value);
}

/** The place whose time is meant, from the browser's time zone: "London", "UTC". */
export function timeZonePlace(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
