import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { backoffAfter } from '#connections/refresh/backoff.ts';
import { toStored, toState } from '#connections/store/journal-state.ts';
import { readJournal, type RefreshJournal } from '#connections/store/refresh-journal.ts';
import { readRecord } from '#connections/store/connection-record.ts';
import { grant, record } from '#tests/support/records.ts';

const connected = { kind: 'connected', grant: grant() } as const;

describe('the refresh journal', () => {
  const journals: RefreshJournal[] = [
    { kind: 'in-flight', at: 5, failures: 0, lost: 0 },
    { kind: 'in-flight', at: 5, isRetry: true, failures: 1, lost: 1 },
    { kind: 'waiting', until: 9, because: 'unreachable', failures: 2, lost: 1 },
    { kind: 'waiting', since: 4, until: 9, because: 'http-5xx', failures: 2, lost: 1 },
  ];
  test.each(journals)('is how the state is stored and read ($kind)', (journal) => {
    const state = toState(connected, journal, 6);
    expect(toStored(state)).toEqual({ state: connected, journal });
    expect(readJournal(structuredClone(journal))).toEqual(journal);
  });

  test('does not show a refresh that started long ago as running', () => {
    expect(toState(connected, journals[0], 5 + 60_001)).toEqual(connected);
  });

  test('REF-5: ends a wait if the clock was set back since it began, unless only slightly', () => {
    const waiting: RefreshJournal = { kind: 'waiting', since: 900_000, until: 905_000, failures: 1, lost: 0 };
    expect(toState(connected, waiting, 901_000)).toMatchObject({ kind: 'waiting', until: 905_000 });
    // A small clock correction: the wait goes on.
    expect(toState(connected, waiting, 899_500)).toMatchObject({ kind: 'waiting', until: 905_000 });
    expect(toState(connected, waiting, 300_000)).toMatchObject({ kind: 'waiting', until: 300_000 });
    expect(toState(connected, { kind: 'in-flight', at: 900_000, failures: 0, lost: 0 }, 300_000)).toEqual(connected);
  });

  test.each([
    ['http-5xx', 'http-5xx'],
    ['proof-refused', 'invalid-dpop-proof'],
    ['a-later-name', undefined],
  ])('stored by another version with the cause %s waits because of %s', (because, current) => {
    const waiting = { kind: 'waiting', since: 4, until: 9, failures: 1, lost: 0 };
    expect(readJournal({ ...waiting, because })).toEqual({ ...waiting, ...(current && { because: current }) });
  });

  test('STO-6: that is invalid counts as a request in flight, because it may have been one', () => {
    for (const value of ['x', 7, null, {}, { kind: 'waiting' }, { kind: 'waiting', until: 'soon' }]) {
      expect(readJournal(value)).toMatchObject({ kind: 'in-flight', failures: 0, lost: 0 });
    }
    expect(readJournal(undefined)).toBeUndefined();
  });
});

describe('REF-5: the wait after a failure', () => {
  test('grows from 5 s to 5 minutes, with a jitter of a fifth', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map((failures) => backoffAfter(failures, 0, 0.5) / 1000)).toEqual([
      5, 10, 20, 40, 80, 160, 300, 300,
    ]);
    expect([backoffAfter(1, 0, 0), backoffAfter(1, 0, 1)]).toEqual([4000, 6000]);
  });

  test('is never shorter than the server has asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(3600),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, asked, random) => {
          expect(backoffAfter(failures, asked, random)).toBeGreaterThanOrEqual(asked * 1000);
        },
      ),
    );
  });
});

describe('the vault’s format', () => {
  test('1 is migrated to 2', () => {
    const { journal: _none, ...old } = record();
    expect(readRecord('c-1', { ...old, version: 1 }, 7)).toEqual(record());
  });

  test('newer than this code is not read, and so never overwritten', () => {
    expect(readRecord('c-1', { ...record(), version: 3 }, 7)).toBeUndefined();
    expect(readRecord('c-1', { ...record(), version: '2' }, 7)).toBeUndefined();
  });
});
