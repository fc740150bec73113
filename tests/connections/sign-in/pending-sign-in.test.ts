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

describe('AUTH-4: pending sign-ins', () => {
  let storage: MemoryStorage;
  beforeEach(() => {
    storage = new MemoryStorage();
  });
  const pending = () => createPendingSignIns(storage);

  test('have one record each, which can be taken once (CB-3)', () => {
    pending().save(signIn);
    expect(Object.keys(storage)).toHaveLength(1);
    expect(pending().peek('a-state')).toEqual(signIn);
    expect(pending().take('a-state')).toEqual(signIn);
    expect(pending().take('a-state')).toBeUndefined();
    expect(Object.keys(storage)).toHaveLength(0);
  });

  test('expose their purpose without secrets, so that a sign-in can be restarted (API-8)', () => {
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

  test('do not affect each other when two run at once', () => {
    pending().save(signIn);
    pending().save({ ...signIn, state: 'b-state' });
    expect(pending().take('b-state')?.state).toBe('b-state');
    expect(pending().take('a-state')?.state).toBe('a-state');
  });

  test('are deleted once expired when another starts, whatever their issuer', () => {
    pending().save(signIn);
    expect(pending().takeAbandoned('other', signIn.expiresAt - 1)).toEqual([]);
    expect(Object.keys(storage)).toHaveLength(1);
    pending().takeAbandoned('other', signIn.expiresAt);
    expect(Object.keys(storage)).toHaveLength(0);
  });

  test.each(['not json', '{}', '[]', 'null', JSON.stringify({ ...signIn, codeVerifier: undefined })])(
    'ignore an unreadable record: %s',
    (text) => {
      storage.setItem('sign-in a-state', text);
      expect(pending().take('a-state')).toBeUndefined();
    },
  );

  test('return abandoned sign-ins once, for their own service only', () => {
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

describe('PAGE-6: the return path', () => {
  test.each(['/', '/connections', '/inspector', '/compose/6f1c-22'])('accepts our page %s', (path) => {
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
  ])('replaces %j with the home page', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });

  test('stays on this origin for any input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (path) => {
        const url = new URL(safeReturnPath(path), 'https://planner.example');
        expect(url.origin).toBe('https://planner.example');
      }),
    );
  });

  test('AUTH-4: a record with a tampered return path leads to the home page', () => {
    const storage = new MemoryStorage();
    const pending = createPendingSignIns(storage);
    pending.save({ ...signIn, returnTo: '/\\evil.example' });
    expect(pending.take('a-state')?.returnTo).toBe('/');
  });
});

describe('CB-6: the redirect URI', () => {
  test('is shared if responses name their issuer, and separate for each issuer if they do not', async () => {
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

describe('the lock within a tab', () => {
  test('runs tasks one after the other, and continues after a failure', async () => {
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
