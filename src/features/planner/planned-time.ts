/** A time as entered in the date and time fields; either may be empty while the user edits. */
export interface TimeFields {
  /** `2026-11-26` */
  date: string;
  /** `17:00` */
  time: string;
}

/** Converts a time to field values in the browser's time zone. */
export function fieldsOf(at: number): TimeFields {
  const planned = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    date: `${String(planned.getFullYear()).padStart(4, '0')}-${two(planned.getMonth() + 1)}-${two(planned.getDate())}`,
    time: `${two(planned.getHours())}:${two(planned.getMinutes())}`,
  };
}

/** Converts field values to milliseconds since 1970; returns undefined if one is empty or they are not a valid date. */
export function timestampOf({ date, time }: TimeFields): number | undefined {
  const at = new Date(`${date}T${time}`).getTime();
  return date === '' || time === '' || Number.isNaN(at) ? undefined : at;
}

/** Returns the default time: the next full hour that is at least half an hour away. */
export function firstOffer(now: number): number {
  const HALF_HOUR = 30 * 60_000;
  return new Date(now + HALF_HOUR).setMinutes(60, 0, 0);
}
