import { describe, expect, test } from 'vitest';

import type { DisconnectOutcome } from '#connections/disconnect/disconnect-outcome.ts';
import { createPendingLogouts, type PendingLogout } from '#connections/disconnect/pending-logout.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const signOut: PendingLogout = {
  state: 'a-state',
  host: 'login.example',
  service: { id: 'notices', name: 'Notices', resource: 'https://notices.example/api' },
  connection: 'c-1',
  identity: { issuer: 'https://login.example', subject: 'ada' },
  outcome: { kind: 'revoked' },
  registration: { issuer: 'https://login.example', clientId: 'app' },
  flow: 'f-1',
};

describe('REV-5: a pending logout', () => {
  test.each<DisconnectOutcome>([
    { kind: 'revoked' },
    { kind: 'nothing-to-revoke' },
    { kind: 'ineffective' },
    { kind: 'ineffective', worksUntil: 600_000 },
    { kind: 'unconfirmed', worksUntil: 600_000, asksAgain: true },
  ])('is returned as stored, with the outcome of the revocation: %o', (outcome) => {
    const storage = new MemoryStorage();
    createPendingLogouts(storage).save({ ...signOut, outcome });
    const next = createPendingLogouts(storage);
    expect(next.find()).toEqual({ ...signOut, outcome });
    next.forget();
    expect(Object.keys(storage)).toEqual([]);
  });

  test.each<[string, object]>([
    ['an outcome that this version does not know', { outcome: { kind: 'ineffective-perhaps' } }],
    ['no outcome', { outcome: undefined }],
    ['an invalid time', { outcome: { kind: 'ineffective', worksUntil: 'soon' } }],
    ['an invalid service', { service: { id: 'notices' } }],
    ['an invalid user', { identity: { subject: 'ada' } }],
    ['an invalid registration', { registration: { issuer: 'https://login.example' } }],
    ['an invalid connection id', { connection: 1 }],
  ])('STO-6: is ignored if it has %s', (_name, changes) => {
    const storage = new MemoryStorage();
    createPendingLogouts(storage).save(signOut);
    const [key = ''] = Object.keys(storage);
    storage.setItem(key, JSON.stringify({ ...signOut, ...changes }));
    expect(createPendingLogouts(storage).find()).toBeUndefined();
  });

  test('is not stored if the browser blocks storage', () => {
    const pending = createPendingLogouts(undefined);
    pending.save(signOut);
    expect(pending.isUsable).toBe(false);
    expect(pending.find()).toBeUndefined();
  });
});
