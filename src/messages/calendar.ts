/** Returns the start of the day in the browser's time zone. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Returns how many calendar days `at` is from `now`: -1 is yesterday. A day of 23 or 25 hours counts as one. */
export function daysAway(at: number, now: number): number {
  return Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
}

/**
 * Returns the start of each of the seven days in the week of `now`.
 * @param firstDay the first day of the week: 1 is Monday, 7 is Sunday (ISO 8601)
 */
export function weekAround(now: number, firstDay: number): number[] {
  const today = new Date(startOfDay(now));
  const sinceFirst = (today.getDay() - firstDay + 7) % 7;
  return Array.from({ length: 7 }, (_, day) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - sinceFirst + day).getTime(),
  );
}
