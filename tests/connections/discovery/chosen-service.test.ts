import { describe, expect, test } from 'vitest';

import { chooseServiceId } from '#connections/discovery/chosen-service.ts';
import type { Service } from '#connections/services/service.ts';
import { serviceAt } from '#tests/support/browser.ts';

const added = (id: string, changes: Partial<Service> = {}): Service =>
  serviceAt('https://api.quay.example', { id, issuer: 'https://login.quay.example', ...changes });

describe('the id of a service that the user adds', () => {
  const chosen = added('new', { clientId: 'right' });
  const nobody = { leftBehind: undefined, isConnected: () => false };

  test('is reused if the same service was added before', () => {
    expect(
      chooseServiceId(chosen, [added('wrong', { clientId: 'wrong' }), added('old', { clientId: 'right' })], nobody),
    ).toBe('old');
  });

  test('is new for another client id, server or resource', () => {
    const others = [added('a', { clientId: 'wrong' }), added('b', { issuer: 'https://evil.example' }), added('c')];
    expect(chooseServiceId(chosen, others, nobody)).toBe('new');
  });

  test('is that of the abandoned sign-in, so that a corrected client id replaces the wrong one', () => {
    const wrong = added('left', { clientId: 'wrong' });
    expect(chooseServiceId(chosen, [wrong], { leftBehind: 'left', isConnected: () => false })).toBe('left');
    // Connections are stored under this id (M-14).
    expect(chooseServiceId(chosen, [wrong], { leftBehind: 'left', isConnected: () => true })).toBe('new');
  });
});
