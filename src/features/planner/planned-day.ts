import { daysAway } from '#messages/calendar.ts';
import { messages } from '#messages/en.ts';
import { dayParts, formatDay, formatTime } from '#messages/format.ts';

const words = messages.planner;

const isOtherYear = (at: number, now: number): boolean => new Date(at).getFullYear() !== new Date(now).getFullYear();

/** "Thu, 26 Nov, 17:00"; with its year where that is not this one. Times are milliseconds since 1970. */
export function formatPlannedTime(at: number, now: number): string {
  const day = formatDay(at, now);
  const isFar = isOtherYear(at, now) && Math.abs(daysAway(at, now)) > 1; // "tomorrow" says enough
  return `${isFar ? words.dayOfYear(day, new Date(at).getFullYear()) : day}, ${formatTime(at)}`;
}

/** "November"; with its year where that is not this one. */
export function formatMonth(at: number, now: number): string {
  const { month } = dayParts(at);
  return isOtherYear(at, now) ? words.dayOfYear(month, new Date(at).getFullYear()) : month;
}
