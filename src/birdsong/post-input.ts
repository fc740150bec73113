import { isObject } from './is-object.ts';
import type { FieldError } from './problem.ts';

const MAX_LENGTH = 280;
const YEAR = 365 * 86_400_000;
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The validated body of `POST /posts`. */
export interface PostInput {
  readonly text: string;
  /** Milliseconds since the epoch; null means now. */
  readonly scheduledAt: number | null;
}

export type PostInputOutcome =
  | { readonly outcome: 'valid'; readonly input: PostInput }
  | { readonly outcome: 'invalid'; readonly errors: readonly FieldError[] };

/**
 * Validates the body of `POST /posts`. Unknown members are ignored.
 *
 * @param body the parsed JSON
 * @param now milliseconds since the epoch
 * @returns the input, or all of its validation errors
 */
export function parsePostInput(body: unknown, now: number): PostInputOutcome {
  if (!isObject(body)) {
    return { outcome: 'invalid', errors: [{ field: '', detail: 'The body must be a JSON object.' }] };
  }
  const { text, scheduled_at: scheduled } = body;
  const errors: FieldError[] = [];
  const textError = checkText(text);
  if (textError !== undefined) errors.push({ field: 'text', detail: textError });
  const scheduledAt = parseScheduledAt(scheduled, now);
  if (typeof scheduledAt === 'string') errors.push({ field: 'scheduled_at', detail: scheduledAt });
  if (errors.length > 0 || typeof text !== 'string' || typeof scheduledAt === 'string') {
    return { outcome: 'invalid', errors };
  }
  return { outcome: 'valid', input: { text, scheduledAt } };
}

function checkText(text: unknown): string | undefined {
  if (typeof text !== 'string') return 'text must be a string.';
  if (text.trim() === '') return 'text is empty.';
  // Count grapheme clusters, so that a family emoji or an accented letter counts as one character.
  const length = Array.from(new Intl.Segmenter().segment(text)).length;
  return length <= MAX_LENGTH ? undefined : `text has ${length} characters; the limit is ${MAX_LENGTH}.`;
}

/** Returns the time in milliseconds since the epoch, null if there is none, or a validation error message. */
function parseScheduledAt(value: unknown, now: number): number | string | null {
  if (value === undefined || value === null) return null;
  const written = typeof value === 'string' ? value.toUpperCase() : '';
  const date = RFC_3339.exec(written)?.[1];
  const instant = Date.parse(written);
  if (date === undefined || Number.isNaN(instant) || !isCalendarDate(date)) {
    return 'Must be an RFC 3339 date and time, for example 2031-05-04T09:30:00Z.';
  }
  if (instant <= now) return 'The time has passed.';
  return instant - now <= YEAR ? instant : 'The time is more than a year away.';
}

/** Checks that a date exists, because Date.parse accepts 30 February and rolls it over to March. */
function isCalendarDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.valueOf()) && midnight.toISOString().startsWith(date);
}
