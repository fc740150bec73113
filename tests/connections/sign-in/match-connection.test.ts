import { describe, expect, test } from 'vitest';

import { matchConnection } from '#connections/sign-in/match-connection.ts';
import { record } from '#tests/support/records.ts';

const issuer = 'https://as.example';
const ada = { issuer, subject: 'ada', name: 'Ada' };
const eve = { issuer, subject: 'eve', name: 'Ada' };
const { identity: _none, ...nobody } = record({ id: 'nobody' });
const adas = record({ id: 'adas', identity: ada });
const eves = record({ id: 'eves', identity: eve });
const { service } = adas;

describe('UI-4, ID-7: which connection a sign-in belongs to', () => {
  test('a new user gets a new connection, whatever other users are called', () => {
    expect(matchConnection([adas], { service }, eve)).toEqual({ kind: 'new' });
    expect(matchConnection([adas], { service }, { ...ada, issuer: 'https://other.example' })).toEqual({ kind: 'new' });
    expect(matchConnection([adas], { service: { ...service, id: 'another' } }, ada)).toEqual({ kind: 'new' });
    expect(matchConnection([adas], { service }, undefined)).toEqual({ kind: 'new' });
  });

  test('the same user keeps the connection, at a reconnect or not', () => {
    expect(matchConnection([eves, adas], { service }, ada)).toEqual({ kind: 'reconnection', of: adas });
    expect(matchConnection([eves, adas], { service, connectionId: 'adas' }, { ...ada, name: 'A. L.' })).toEqual({
      kind: 'reconnection',
      of: adas,
    });
  });

  test('a reconnect detects another user, and an unnamed user', () => {
    expect(matchConnection([adas, eves], { service, connectionId: 'adas' }, eve)).toEqual({
      kind: 'account-mismatch',
      of: adas,
    });
    expect(matchConnection([adas], { service, connectionId: 'adas' }, undefined)).toEqual({
      kind: 'account-mismatch',
      of: adas,
    });
  });

  test('a reconnect refreshes a connection without a known user, and may learn the user', () => {
    expect(matchConnection([nobody], { service, connectionId: 'nobody' }, undefined)).toEqual({
      kind: 'reconnection',
      of: nobody,
    });
    expect(matchConnection([nobody], { service, connectionId: 'nobody' }, ada)).toEqual({
      kind: 'reconnection',
      of: nobody,
    });
  });

  test('a connection that was removed meanwhile is not restored', () => {
    expect(matchConnection([], { service, connectionId: 'adas' }, ada)).toEqual({ kind: 'new' });
  });
});
