import { daysAway } from '#messages/calendar.ts';
import { messages } from '#messages/en.ts';
import { dayParts, formatDay, formatTime } from '#messages/format.ts';

const text = messages.planner;

const isOtherYear = (at: number, now: number): boolean => new Date(at).getFullYear() !== new Date(now).getFullYear();

/** Formats a time as "Thu, 26 Nov, 17:00", with the year if it is not the current one. Times are milliseconds since 1970. */
export function formatPlannedTime(at: number, now: number): string {
  const day = formatDay(at, now);
  const isFar = isOtherYear(at, now) && Math.abs(daysAway(at, now)) > 1; // "tomorrow" is clear enough
  return `${isFar ? text.dayOfYear(day, new Date(at).getFullYear()) : day}, ${formatTime(at)}`;
}

/** Formats a month as "November", with the year if it is not the current one. */
export function formatMonth(at: number, now: number): string {
  const { month } = dayParts(at);
  return isOtherYear(at, now) ? text.dayOfYear(month, new Date(at).getFullYear()) : month;
}
