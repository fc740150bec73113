import type { ConnectionState, SettledState } from './connection-state.ts';
import type { RefreshJournal } from './refresh-journal.ts';

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
