import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { viewOf } from '#connections/connection-view.ts';
import { settled, transition, type ConnectionEvent, type ConnectionState } from '#connections/state.ts';
import { grant, record } from '#tests/support/records.ts';

const connected: ConnectionState = { kind: 'connected', grant: grant() };
const ended: ConnectionState = { kind: 'needs-sign-in', reason: 'grant-refused', at: 5 };

describe('a connection’s life', () => {
  test('a refresh that works', () => {
    const refreshing = transition(connected, { type: 'refresh-started' });
    expect(refreshing.kind).toBe('refreshing');
    const next = grant({ accessToken: 'access-2' });
    expect(transition(refreshing, { type: 'granted', grant: next })).toEqual({ kind: 'connected', grant: next });
  });

  test('a refresh that fails for now keeps the grant and waits; the next may start', () => {
    const refreshing = transition(connected, { type: 'refresh-started' });
    const waiting = transition(refreshing, { type: 'refresh-failed', until: 9 });
    expect(waiting).toEqual({ kind: 'waiting', grant: grant(), until: 9 });
    expect(transition(waiting, { type: 'refresh-started' }).kind).toBe('refreshing');
  });

  test('a grant that ended is renewed by signing in', () => {
    expect(transition(connected, { type: 'ended', reason: 'grant-refused', at: 5 })).toEqual(ended);
    expect(transition(ended, { type: 'granted', grant: grant() })).toEqual(connected);
  });

  test('REF-8: nothing brings back what is being revoked', () => {
    const revoking = transition(connected, { type: 'revocation-started' });
    const events: ConnectionEvent[] = [
      { type: 'granted', grant: grant() },
      { type: 'refresh-started' },
      { type: 'refresh-failed', until: 1 },
      { type: 'ended', reason: 'grant-refused', at: 1 },
    ];
    for (const event of events) expect(transition(revoking, event)).toBe(revoking);
  });

  test('whatever happens, the grant is only ever lost by the word of the server', () => {
    const event = fc.constantFrom<ConnectionEvent>(
      { type: 'refresh-started' },
      { type: 'refresh-failed', until: 1 },
      { type: 'granted', grant: grant() },
      { type: 'revocation-started' },
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const end = events.reduce(transition, connected);
        expect(settled(end)).toEqual(connected);
      }),
    );
  });
});

describe('what a screen sees', () => {
  const states: ConnectionState[] = [
    connected,
    { kind: 'refreshing', grant: grant() },
    { kind: 'waiting', grant: grant(), until: 9 },
    { kind: 'revoking', grant: grant() },
    ended,
  ];
  test.each(states)('STO-4: no token in any state ($kind)', (state) => {
    const view = viewOf({ ...record(), state });
    expect(view.status.kind).toBe(state.kind);
    expect(JSON.stringify(view)).not.toMatch(/access-1|refresh-1/);
  });

  test('M-11: opaque and JWT are told apart by their look alone', () => {
    const formOf = (accessToken: string) =>
      viewOf({ ...record(), state: { kind: 'connected', grant: grant({ accessToken }) } }).details?.accessTokenForm;
    expect(formOf('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln')).toBe('jwt');
    expect(formOf('2YotnFZFEjr1zCsicMWpAA')).toBe('opaque');
  });
});
