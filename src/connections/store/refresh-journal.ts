import type { OAuthErrorCode } from '#oauth/errors.ts';

import type { Attempts, ConnectionState, SettledState } from './connection-state.ts';

/**
 * The refresh journal: what is being done about refreshing a grant, on disk before the request leaves, so that it outlives the tab
 * (REF-6). Whoever holds the connection's lock and finds `in-flight` knows that whoever wrote it is gone. Times in milliseconds
 * since 1970. It is a field beside the state and not one: a grant is a grant whatever becomes of its refresh.
 */
export type RefreshJournal =
  /** `isRetry`: the one before it was left in flight too. */
  | ({ kind: 'in-flight'; at: number; isRetry?: true } & Attempts)
  /** The last request failed for now, at `since`: no other leaves before `until`. Without `because`, by a fault of the app itself. */
  | ({ kind: 'waiting'; since?: number; until: number; because?: OAuthErrorCode } & Attempts);

/** A refresh that began longer ago than one may take is nobody's any more: milliseconds. */
const ABANDONED_MS = 60_000;

/** Clocks are put right by less than this all the time, and a wait that grows by less is no harm: milliseconds. */
const CLOCK_STEP_MS = 60_000;

/** The state that a record and its journal describe. */
export function toState(settled: SettledState, journal: RefreshJournal | undefined, now: number): ConnectionState {
  if (settled.kind === 'needs-sign-in' || !journal) return settled;
  const { grant } = settled;
  if (journal.kind === 'waiting') {
    // A clock that was set back since would make the wait as long as it was wrong.
    const isSetBack = journal.since !== undefined && journal.since - now > CLOCK_STEP_MS;
    const until = isSetBack ? now : journal.until;
    return { ...journal, until, grant };
  }
  return Math.abs(now - journal.at) > ABANDONED_MS ? settled : { ...journal, kind: 'refreshing', grant };
}

/** What to keep of a state: the grant, or its end, and the journal of what is being done about it. */
export function toStored(state: ConnectionState): { state: SettledState; journal?: RefreshJournal } {
  if (state.kind === 'needs-sign-in' || state.kind === 'connected') return { state };
  const { kind: _kind, grant, ...journal } = state;
  const connected = { kind: 'connected', grant } as const;
  if ('until' in journal) return { state: connected, journal: { kind: 'waiting', ...journal } };
  return { state: connected, journal: { kind: 'in-flight', ...journal } };
}

interface Stored {
  [member: string]: unknown;
}

/** Those that are told apart on screens, or when the network is back. */
const CAUSES = [
  'unreachable',
  'timed-out',
  'rate-limited',
  'server-fault',
  'malformed-response',
  'proof-refused',
] as const satisfies readonly OAuthErrorCode[];

/** Why a refresh waits, as far as it makes a difference. */
export type WaitCause = (typeof CAUSES)[number];

/** The cause that a value names; undefined for any other. */
export const waitCauseOf = (value: unknown): WaitCause | undefined => CAUSES.find((one) => one === value);

/** Reads a stored journal; one that makes no sense is as if the last attempt had been lost. */
export function readJournal(value: unknown): RefreshJournal | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return { kind: 'in-flight', at: 0, failures: 0, lost: 0 };
  const { kind, at, since, until, because, failures, lost, isRetry }: Stored = { ...value };
  const attempts = { failures: countOf(failures), lost: countOf(lost) };
  if (kind !== 'waiting' || typeof until !== 'number') {
    const retry = isRetry === true && { isRetry: true as const };
    return { kind: 'in-flight', at: typeof at === 'number' ? at : 0, ...retry, ...attempts };
  }
  const cause = waitCauseOf(because);
  const began = typeof since === 'number' && { since };
  return { kind: 'waiting', ...began, until, ...(cause && { because: cause }), ...attempts };
}

const countOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0);
