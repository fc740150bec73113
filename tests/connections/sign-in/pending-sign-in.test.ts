import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';

import { createTabLock } from '#connections/lock.ts';
import { createPendingSignIns, toContext, type PendingSignIn } from '#connections/sign-in/pending-sign-in.ts';
import { redirectUriFor } from '#connections/registration/redirect-uri.ts';
import { safeReturnPath } from '#connections/sign-in/return-path.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';
import { grant } from '#tests/support/records.ts';

const signIn: PendingSignIn = {
  state: 'a-state',
  codeVerifier: 'a-verifier',
  nonce: 'a-nonce',
  server: grant().server,
  clientId: 'app',
  redirectUri: 'https://planner.example/callback',
  service: { id: 'birdsong', name: 'Birdsong', resource: 'https://api.example/v1' },
  scope: ['openid'],
  returnTo: '/connections',
  flow: 'f-1',
  expiresAt: 600_000,
};

describe('AUTH-4: sign-ins on their way', () => {
  let storage: MemoryStorage;
  beforeEach(() => {
    storage = new MemoryStorage();
  });
  const pending = () => createPendingSignIns(storage);

  test('one record each, given out once (CB-3)', () => {
    pending().save(signIn);
    expect(Object.keys(storage)).toHaveLength(1);
    expect(pending().peek('a-state')).toEqual(signIn);
    expect(pending().take('a-state')).toEqual(signIn);
    expect(pending().take('a-state')).toBeUndefined();
    expect(Object.keys(storage)).toHaveLength(0);
  });

  test('what it was for is known without its secrets, so that it can begin once more (API-8)', () => {
    const authentication = { acrValues: 'mfa', maxAge: 60 };
    pending().save({ ...signIn, connectionId: 'c-1', resumes: 'p-1', authentication, maxAge: 60 });
    const { service, returnTo, scope } = signIn;
    const kept = pending().take('a-state');
    expect(kept && toContext(kept)).toEqual({
      service,
      returnTo,
      scope,
      connectionId: 'c-1',
      resumes: 'p-1',
      authentication,
    });
  });

  test('two at once do not get in each other’s way', () => {
    pending().save(signIn);
    pending().save({ ...signIn, state: 'b-state' });
    expect(pending().take('b-state')?.state).toBe('b-state');
    expect(pending().take('a-state')?.state).toBe('a-state');
  });

  test('those that are over are deleted when another begins, whoever their issuer is', () => {
    pending().save(signIn);
    expect(pending().takeAbandoned('other', signIn.expiresAt - 1)).toEqual([]);
    expect(Object.keys(storage)).toHaveLength(1);
    pending().takeAbandoned('other', signIn.expiresAt);
    expect(Object.keys(storage)).toHaveLength(0);
  });

  test.each(['not json', '{}', '[]', 'null', JSON.stringify({ ...signIn, codeVerifier: undefined })])(
    'an unreadable record is no sign-in: %s',
    (text) => {
      storage.setItem('sign-in a-state', text);
      expect(pending().take('a-state')).toBeUndefined();
    },
  );

  test('those that never came back are given once, for their service alone', () => {
    pending().save(signIn);
    pending().save({ ...signIn, state: 'b', service: { ...signIn.service, id: 'other' } });
    storage.setItem('theme', 'dark');
    expect(
      pending()
        .takeAbandoned('birdsong', 0)
        .map(({ state }) => state),
    ).toEqual(['a-state']);
    expect(pending().takeAbandoned('birdsong', 0)).toEqual([]);
    expect(pending().abandoned(0)).toEqual(['other']);
    expect(pending().abandoned(signIn.expiresAt)).toEqual([]);
    expect(pending().peek('b')).toBeDefined();
    expect(storage.getItem('theme')).toBe('dark');
  });
});

describe('PAGE-6: where to go afterwards', () => {
  test.each(['/', '/connections', '/inspector', '/compose/6f1c-22'])('%s is one of our pages', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/connections\n',
    '/connections/../../x',
    '/compose/a/b',
    '/callback?code=x',
    '',
    undefined,
    7,
  ])('%j leads home instead', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });

  test('whatever it is given, it stays on this origin', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (path) => {
        const url = new URL(safeReturnPath(path), 'https://planner.example');
        expect(url.origin).toBe('https://planner.example');
      }),
    );
  });

  test('AUTH-4: a record whose return path was tampered with leads home', () => {
    const storage = new MemoryStorage();
    const pending = createPendingSignIns(storage);
    pending.save({ ...signIn, returnTo: '/\\evil.example' });
    expect(pending.take('a-state')?.returnTo).toBe('/');
  });
});

describe('CB-6: the redirect URI', () => {
  test('is shared where responses name their issuer, and one for each issuer where they do not', async () => {
    const app = 'https://host.example/planner/';
    const iss = { authorization_response_iss_parameter_supported: true };
    expect(await redirectUriFor(app, { issuer: 'https://a.example', ...iss })).toBe(
      'https://host.example/planner/callback',
    );
    const [a, b] = await Promise.all(
      ['https://a.example', 'https://b.example'].map((issuer) => redirectUriFor(app, { issuer })),
    );
    expect(a).toMatch(/^https:\/\/host\.example\/planner\/callback\/[0-9a-f]{16}$/);
    expect(b).not.toBe(a);
  });
});

describe('the lock of one tab', () => {
  test('lets one run after the other, and the next after a failure', async () => {
    const lock = createTabLock();
    const order: string[] = [];
    const run = (name: string, fails = false) =>
      lock('refresh', async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const results = await Promise.allSettled([run('a', true), run('b')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
