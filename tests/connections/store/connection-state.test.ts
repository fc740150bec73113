import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { toView } from '#connections/store/connection-view.ts';
import { toStored } from '#connections/store/journal-state.ts';
import {
  grantedScope,
  NO_ATTEMPTS,
  transition,
  type ConnectionEvent,
  type ConnectionState,
} from '#connections/store/connection-state.ts';
import { grant, record } from '#tests/support/records.ts';

const STARTED: ConnectionEvent = { type: 'refresh-started', at: 3, ...NO_ATTEMPTS };
const failed = (until: number): ConnectionEvent => ({ type: 'refresh-failed', until, failures: 1, lost: 0 });

const connected: ConnectionState = { kind: 'connected', grant: grant() };
const ended: ConnectionState = { kind: 'needs-sign-in', reason: 'grant-refused', at: 5, scope: grant().scope };

describe('the states of a connection', () => {
  test('a refresh that succeeds', () => {
    const refreshing = transition(connected, STARTED);
    expect(refreshing.kind).toBe('refreshing');
    const next = grant({ accessToken: 'access-2' });
    expect(transition(refreshing, { type: 'granted', grant: next })).toEqual({ kind: 'connected', grant: next });
  });

  test('a refresh that fails temporarily keeps the grant and waits, and the next may start', () => {
    const refreshing = transition(connected, STARTED);
    const waiting = transition(refreshing, failed(9));
    expect(waiting).toEqual({ kind: 'waiting', grant: grant(), until: 9, failures: 1, lost: 0 });
    expect(transition(waiting, STARTED).kind).toBe('refreshing');
  });

  test('a sign-in restores a grant that has ended', () => {
    expect(transition(connected, { type: 'ended', reason: 'grant-refused', at: 5 })).toEqual(ended);
    expect(transition(ended, { type: 'granted', grant: grant() })).toEqual(connected);
  });

  test('AUTH-7: the granted scope is kept for the next sign-in, however often the grant ends', () => {
    const again = transition(ended, { type: 'ended', reason: 'token-refused', at: 9 });
    expect(again).toEqual({ ...ended, reason: 'token-refused', at: 9 });
    expect(grantedScope(again)).toEqual(grantedScope(connected));
  });

  test('no refresh starts on a grant that has ended', () => {
    expect(transition(ended, STARTED)).toBe(ended);
    expect(transition(ended, failed(1))).toBe(ended);
  });

  test('only a response of the server ends a grant, in any sequence of events', () => {
    const event = fc.constantFrom<ConnectionEvent>(STARTED, failed(1), { type: 'granted', grant: grant() });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const end = events.reduce(transition, connected);
        expect(toStored(end).state).toEqual(connected);
      }),
    );
  });
});

describe('what a screen sees', () => {
  const states: ConnectionState[] = [
    connected,
    { kind: 'refreshing', grant: grant(), at: 3, ...NO_ATTEMPTS },
    { kind: 'waiting', grant: grant(), until: 9, ...NO_ATTEMPTS },
    ended,
  ];
  test.each(states)('STO-4: contains no token in any state ($kind)', (state) => {
    const view = toView({ ...record(), state });
    expect(view.status.kind).toBe(state.kind);
    expect(JSON.stringify(view)).not.toMatch(/access-1|refresh-1/);
  });

  test('M-11: distinguishes opaque tokens and JWTs by their form alone', () => {
    const formOf = (accessToken: string) =>
      toView({ ...record(), state: { kind: 'connected', grant: grant({ accessToken }) } }).details?.accessTokenForm;
    expect(formOf('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln')).toBe('jwt');
    expect(formOf('2YotnFZFEjr1zCsicMWpAA')).toBe('opaque');
  });
});
