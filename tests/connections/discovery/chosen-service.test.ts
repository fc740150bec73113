import { describe, expect, test } from 'vitest';

import { chooseServiceId } from '#connections/discovery/chosen-service.ts';
import type { Service } from '#connections/services/service.ts';
import { serviceAt } from '#tests/support/browser.ts';

const added = (id: string, changes: Partial<Service> = {}): Service =>
  serviceAt('https://api.quay.example', { id, issuer: 'https://login.quay.example', ...changes });

describe('the id of a service that somebody adds', () => {
  const chosen = added('new', { clientId: 'right' });
  const nobody = { leftBehind: undefined, isConnected: () => false };

  test('is that of the same service, if it was added before', () => {
    expect(
      chooseServiceId(chosen, [added('wrong', { clientId: 'wrong' }), added('old', { clientId: 'right' })], nobody),
    ).toBe('old');
  });

  test('is new for another client id, server or resource', () => {
    const others = [added('a', { clientId: 'wrong' }), added('b', { issuer: 'https://evil.example' }), added('c')];
    expect(chooseServiceId(chosen, others, nobody)).toBe('new');
  });

  test('is that of the sign-in which was left behind, so that a wrong client id is mended and not added to', () => {
    const wrong = added('left', { clientId: 'wrong' });
    expect(chooseServiceId(chosen, [wrong], { leftBehind: 'left', isConnected: () => false })).toBe('left');
    // Connections are kept by it (M-14).
    expect(chooseServiceId(chosen, [wrong], { leftBehind: 'left', isConnected: () => true })).toBe('new');
  });
});
