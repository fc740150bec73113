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

describe('UI-4, ID-7: whose connection a sign-in is', () => {
  test('somebody new gets one of their own, whatever others are called', () => {
    expect(matchConnection([adas], { service }, eve)).toEqual({ kind: 'new' });
    expect(matchConnection([adas], { service }, { ...ada, issuer: 'https://other.example' })).toEqual({ kind: 'new' });
    expect(matchConnection([adas], { service: { ...service, id: 'another' } }, ada)).toEqual({ kind: 'new' });
    expect(matchConnection([adas], { service }, undefined)).toEqual({ kind: 'new' });
  });

  test('the same person keeps theirs, asked for or not', () => {
    expect(matchConnection([eves, adas], { service }, ada)).toEqual({ kind: 'reconnection', of: adas });
    expect(matchConnection([eves, adas], { service, connectionId: 'adas' }, { ...ada, name: 'A. L.' })).toEqual({
      kind: 'reconnection',
      of: adas,
    });
  });

  test('somebody else at a reconnect is noticed, and so is somebody who is not named', () => {
    expect(matchConnection([adas, eves], { service, connectionId: 'adas' }, eve)).toEqual({
      kind: 'account-mismatch',
      of: adas,
    });
    expect(matchConnection([adas], { service, connectionId: 'adas' }, undefined)).toEqual({
      kind: 'account-mismatch',
      of: adas,
    });
  });

  test('where nobody was known, a reconnect renews, and may say who it is', () => {
    expect(matchConnection([nobody], { service, connectionId: 'nobody' }, undefined)).toEqual({
      kind: 'reconnection',
      of: nobody,
    });
    expect(matchConnection([nobody], { service, connectionId: 'nobody' }, ada)).toEqual({
      kind: 'reconnection',
      of: nobody,
    });
  });

  test('a connection that was removed meanwhile does not come back as itself', () => {
    expect(matchConnection([], { service, connectionId: 'adas' }, ada)).toEqual({ kind: 'new' });
  });
});
