import { describe, expect, test } from 'vitest';

import { connectionAt, isSameAccount, toAccountRef } from '#planning/account.ts';

const lowtide = { issuer: 'https://b.example', subject: 'u1' };
const connection = (id: string, identity?: typeof lowtide, service = 'birdsong') => ({
  id,
  service: { id: service },
  ...(identity && { identity }),
});
const before = toAccountRef(connection('c-1', lowtide));

describe('the connection of an account', () => {
  test('is the one with its id', () => {
    const connections = [connection('c-2', lowtide), connection('c-1', lowtide)];
    expect(connectionAt(before, connections)?.id).toBe('c-1');
  });

  test('is the new one of the same account, once the old one is gone', () => {
    expect(connectionAt(before, [connection('c-2', lowtide)])?.id).toBe('c-2');
  });

  test.each([
    ['another user', connection('c-2', { ...lowtide, subject: 'u2' })],
    ['the same subject of another issuer', connection('c-2', { ...lowtide, issuer: 'https://other.example' })],
    ['the same user at another service', connection('c-2', lowtide, 'other')],
    ['an unknown user', connection('c-2')],
  ])('is not that of %s', (_name, other) => {
    expect(connectionAt(before, [other])).toBeUndefined();
  });

  test('is not found if the account’s user is unknown', () => {
    expect(isSameAccount({ connectionId: 'c-1' }, toAccountRef(connection('c-2')))).toBe(false);
    expect(connectionAt({ connectionId: 'c-1' }, [connection('c-2', lowtide)])).toBeUndefined();
  });
});
