import type { OAuthErrorCode } from '#oauth/errors.ts';

/** The causes that the UI or the resume after an outage distinguishes. */
const CAUSES = [
  'unreachable',
  'timed-out',
  'rate-limited',
  'http-5xx',
  'malformed-response',
  'invalid-dpop-proof',
  'unknown-token-type',
  'id-token-invalid',
] as const satisfies readonly OAuthErrorCode[];

/** Why a refresh waits, where it makes a difference. */
export type WaitCause = (typeof CAUSES)[number];

/** The names under which earlier versions stored a cause, by today's name. */
const LEGACY_NAMES: Partial<Record<WaitCause, string>> = {
  'http-5xx': 'server-fault',
  'invalid-dpop-proof': 'proof-refused',
};

/** Returns the wait cause that a value names, in this version or an earlier one; undefined if it names none. */
export const waitCauseOf = (value: unknown): WaitCause | undefined =>
  CAUSES.find((one) => one === value || (value !== undefined && LEGACY_NAMES[one] === value));
