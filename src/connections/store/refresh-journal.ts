import { isObject, isString } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import type { Attempts, Refusal, Waiting } from './connection-state.ts';
import { waitCauseOf } from './wait-cause.ts';

/**
 * The refresh journal: a grant's refresh that is in flight or waiting. It is on disk before the request is sent, so it survives
 * a crash of the tab (REF-6). Code that holds the connection's lock and finds `in-flight` knows that the writer crashed. Times
 * are milliseconds since 1970. The journal is a separate field, not a state: refreshing does not change the grant.
 */
export type RefreshJournal =
  /** `isRetry`: the attempt before this one was interrupted too. */
  | ({ kind: 'in-flight'; at: number; isRetry?: true } & Attempts)
  /** The last request failed at `since`; none is sent before `until`. */
  | ({ kind: 'waiting' } & Waiting);

/** Parses a stored journal. An invalid one counts as an interrupted attempt. */
export function readJournal(value: unknown): RefreshJournal | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return { kind: 'in-flight', at: 0, failures: 0, lost: 0 };
  const { kind, at, since, until, because, failures, lost, refusals, refusal, isRetry } = value;
  const inRow = countOf(refusals) > 0 && { refusals: countOf(refusals) };
  const attempts = { failures: countOf(failures), lost: countOf(lost), ...inRow };
  if (kind !== 'waiting' || typeof until !== 'number') {
    const retry = isRetry === true && { isRetry: true as const };
    return { kind: 'in-flight', at: typeof at === 'number' ? at : 0, ...retry, ...attempts };
  }
  const cause = waitCauseOf(because);
  const began = typeof since === 'number' && { since };
  return omitUndefined({
    kind: 'waiting',
    ...began,
    until,
    because: cause,
    refusal: readRefusal(refusal),
    ...attempts,
  });
}

function readRefusal(value: unknown): Refusal | undefined {
  if (!isObject(value)) return undefined;
  const { by, error, description } = value;
  if (by !== 'server' && by !== 'app') return undefined;
  return omitUndefined({
    by,
    error: isString(error) ? error : undefined,
    description: isString(description) ? description : undefined,
  });
}

const countOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0);
