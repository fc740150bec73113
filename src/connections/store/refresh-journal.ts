import { isObject } from '#lib/guards.ts';
import type { OAuthErrorCode } from '#oauth/errors.ts';

import type { Attempts, ConnectionState, Refusal, SettledState, Waiting } from './connection-state.ts';

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

/** The time after which a refresh in flight counts as abandoned, in milliseconds. */
const ABANDONED_MS = 60_000;

/** Clock corrections up to this are common, and a wait that grows by as much does no harm; in milliseconds. */
const CLOCK_STEP_MS = 60_000;

/** Returns the state that a stored state and its journal describe. */
export function toState(settled: SettledState, journal: RefreshJournal | undefined, now: number): ConnectionState {
  if (settled.kind === 'needs-sign-in' || !journal) return settled;
  const { grant } = settled;
  if (journal.kind === 'waiting') {
    // If the clock was set back, the stored deadline is too far away; ignore it.
    const isSetBack = journal.since !== undefined && journal.since - now > CLOCK_STEP_MS;
    const until = isSetBack ? now : journal.until;
    return { ...journal, until, grant };
  }
  return Math.abs(now - journal.at) > ABANDONED_MS ? settled : { ...journal, kind: 'refreshing', grant };
}

/** Returns the parts of a state to store: the settled state, and the journal if a refresh is in progress or waiting. */
export function toStored(state: ConnectionState): { state: SettledState; journal?: RefreshJournal } {
  if (state.kind === 'needs-sign-in' || state.kind === 'connected') return { state };
  const { kind: _kind, grant, ...journal } = state;
  const connected = { kind: 'connected', grant } as const;
  if ('until' in journal) return { state: connected, journal: { kind: 'waiting', ...journal } };
  return { state: connected, journal: { kind: 'in-flight', ...journal } };
}

/** The causes that the UI or the resume after an outage distinguishes. */
const CAUSES = [
  'unreachable',
  'timed-out',
  'rate-limited',
  'server-fault',
  'malformed-response',
  'proof-refused',
  'unknown-token-type',
  'id-token-invalid',
] as const satisfies readonly OAuthErrorCode[];

/** Why a refresh waits, where it makes a difference. */
export type WaitCause = (typeof CAUSES)[number];

/** Returns the value if it is a known wait cause, otherwise undefined. */
export const waitCauseOf = (value: unknown): WaitCause | undefined => CAUSES.find((one) => one === value);

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
  const refused = readRefusal(refusal);
  return {
    kind: 'waiting',
    ...began,
    until,
    ...(cause && { because: cause }),
    ...(refused && { refusal: refused }),
    ...attempts,
  };
}

function readRefusal(value: unknown): Refusal | undefined {
  if (!isObject(value)) return undefined;
  const { by, error, description } = value;
  if (by !== 'server' && by !== 'app') return undefined;
  return {
    by,
    ...(typeof error === 'string' && { error }),
    ...(typeof description === 'string' && { description }),
  };
}

const countOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0);
