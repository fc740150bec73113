import { inspector } from '#messages/en/inspector.ts';
import { formatClock, formatDuration, formatWhen } from '#messages/format.ts';

const text = inspector.token;

/** Members with a timestamp in seconds since 1970 (RFC 7519 §4.1, OIDC Core §2, RFC 7591 §3.2.1). */
const MOMENTS = new Set([
  'exp',
  'iat',
  'nbf',
  'auth_time',
  'updated_at',
  'client_id_issued_at',
  'client_secret_expires_at',
]);
/** Members with a duration in seconds, counted from the response (RFC 6749 §5.1, RFC 9126 §2.2). */
const SPANS = new Set(['expires_in', 'refresh_token_expires_in']);
/** The latest time that a Date can represent, in seconds. */
const LAST_MOMENT = 8.64e12;

/**
 * Describes a member that is a time: "11:25:09, 42 s after it was seen here"; undefined if it is not a time.
 * @param seenAt when it was transferred, in milliseconds since 1970
 */
export function describeEvent(name: string, value: string, seenAt: number): string | undefined {
  const seconds = Number(value);
  if (value.trim() === '' || !Number.isFinite(seconds) || Math.abs(seconds) > LAST_MOMENT) return undefined;
  if (SPANS.has(name)) return formatDuration(seconds * 1_000);
  if (!MOMENTS.has(name) || seconds === 0) return undefined;
  const at = seconds * 1_000;
  const isNear = Math.abs(at - seenAt) < 12 * 3_600_000;
  return text.moment(isNear ? formatClock(at) : formatWhen(at, seenAt, 'seconds'), awayFrom(at - seenAt));
}

function awayFrom(difference: number): string {
  if (Math.abs(difference) < 1_000) return text.sameMoment;
  return difference > 0 ? text.ahead(formatDuration(difference)) : text.before(formatDuration(-difference));
}
