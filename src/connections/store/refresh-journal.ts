import { isObject } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { OAuthErrorCode } from '#oauth/errors.ts';

import type { Attempts } from './connection-state.ts';
import { waitCauseOf } from './wait-cause.ts';

/**
 * The refresh journal: a grant's refresh that is in flight or waiting. It is on disk before the request is sent, so it survives
 * a crash of the tab (REF-6). Code that holds the connection's lock and finds `in-flight` knows that the writer crashed. Times
 * are milliseconds since 1970. The journal is a separate field, not a state: refreshing does not change the grant.
 */
export type RefreshJournal =
  /** `isRetry`: the attempt before this one was interrupted too. */
  | ({ kind: 'in-flight'; at: number; isRetry?: true } & Attempts)
  /** The last request failed at `since`; none is sent before `until`. `because` is missing after an error of the app itself. */
  | ({ kind: 'waiting'; since?: number; until: number; because?: OAuthErrorCode } & Attempts);

/** Parses a stored journal. An invalid one counts as an interrupted attempt. */
export function readJournal(value: unknown): RefreshJournal | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return { kind: 'in-flight', at: 0, failures: 0, lost: 0 };
  const { kind, at, since, until, because, failures, lost, isRetry } = value;
  const attempts = { failures: countOf(failures), lost: countOf(lost) };
  if (kind !== 'waiting' || typeof until !== 'number') {
    const retry = isRetry === true && { isRetry: true as const };
    return { kind: 'in-flight', at: typeof at === 'number' ? at : 0, ...retry, ...attempts };
  }
  const cause = waitCauseOf(because);
  const began = typeof since === 'number' && { since };
  return omitUndefined({ kind: 'waiting', ...began, until, because: cause, ...attempts });
}

const countOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0);
