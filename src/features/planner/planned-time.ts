/** A picked time as the two fields show it; either may be empty while a person is at it. */
export interface TimeFields {
  /** `2026-11-26` */
  date: string;
  /** `17:00` */
  time: string;
}

/** The fields that show a moment, in the browser's time zone. */
export function fieldsOf(at: number): TimeFields {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    date: `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}:${two(moment.getMinutes())}`,
  };
}

/** The moment the fields mean, in milliseconds since 1970; undefined while one is empty or makes no date. */
export function momentOf({ date, time }: TimeFields): number | undefined {
  const at = new Date(`${date}T${time}`).getTime();
  return date === '' || time === '' || Number.isNaN(at) ? undefined : at;
}

/** The time offered first: the next full hour that leaves at least half an hour. */
export function firstOffer(now: number): number {
  const HALF_HOUR = 30 * 60_000;
  return new Date(now + HALF_HOUR).setMinutes(60, 0, 0);
}
