import { describe, expect, test } from 'vitest';

import type { DisconnectOutcome } from '#connections/disconnect/disconnect.ts';
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

describe('REV-5: a sign-out that the page has left for', () => {
  test.each<DisconnectOutcome>([
    { kind: 'revoked' },
    { kind: 'nothing-to-revoke' },
    { kind: 'ineffective' },
    { kind: 'ineffective', worksUntil: 600_000 },
    { kind: 'unconfirmed', worksUntil: 600_000, asksAgain: true },
  ])('is found as it was kept, with what became of the connection: %o', (outcome) => {
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
    ['a time that is none', { outcome: { kind: 'ineffective', worksUntil: 'soon' } }],
    ['a service that is none', { service: { id: 'notices' } }],
    ['a person who is none', { identity: { subject: 'ada' } }],
    ['a registration that is none', { registration: { issuer: 'https://login.example' } }],
    ['a connection’s id that is none', { connection: 1 }],
  ])('STO-6: is not told of with %s', (_name, changes) => {
    const storage = new MemoryStorage();
    createPendingLogouts(storage).save(signOut);
    const [key = ''] = Object.keys(storage);
    storage.setItem(key, JSON.stringify({ ...signOut, ...changes }));
    expect(createPendingLogouts(storage).find()).toBeUndefined();
  });

  test('is not kept where the browser keeps nothing', () => {
    const pending = createPendingLogouts(undefined);
    pending.save(signOut);
    expect(pending.isUsable).toBe(false);
    expect(pending.find()).toBeUndefined();
  });
});
