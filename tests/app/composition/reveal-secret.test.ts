import { describe, expect, test } from 'vitest';

import { revealSecret } from '#app/composition/reveal-secret.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import { maskParameters } from '#trace/mask.ts';
import type { TraceEvent } from '#trace/event.ts';
import { grant, record } from '#tests/support/records.ts';
import { connectionView } from '#tests/support/views.ts';

const ACCESS = 'an-access-token-of-some-length-0123';
const REFRESH = 'a-refresh-token-of-some-length-abcd';

const connection = (changes: Partial<Connection> = {}): Connection => {
  const { journal: _none, ...rest } = record();
  return {
    ...rest,
    state: { kind: 'connected', grant: grant({ accessToken: ACCESS, refreshToken: REFRESH }) },
    ...changes,
  };
};

/** Reveals a secret in an event of a connection. */
function revealed(secret: string, { about = 'c-1', service = 'Birdsong', kept = connection() } = {}) {
  const [[, masked] = ['', '']] = maskParameters(new URLSearchParams({ token: secret }));
  const store = {
    find: (id: string) => (id === kept.id ? kept : undefined),
    views: () => [connectionView({ id: kept.id })],
  };
  const event: TraceEvent = {
    flow: 'f',
    kind: 'call',
    service,
    ...(about !== '' && { connection: about }),
    type: 'token-adopted',
    id: 1,
    at: 0,
    by: 'page',
  };
  return revealSecret(store, event, masked);
}

describe('a masked value', () => {
  test('is revealed while the token is in use, also in the flow that made the connection', () => {
    expect(revealed(ACCESS)).toBe(ACCESS);
    expect(revealed(REFRESH)).toBe(REFRESH);
    expect(revealed(ACCESS, { about: '' })).toBe(ACCESS);
  });

  test('is unavailable once the token was replaced, the grant has ended, or the connection is gone', () => {
    expect(revealed('an-access-token-of-some-length-9999')).toBeUndefined();
    expect(
      revealed(ACCESS, {
        kept: connection({ state: { kind: 'needs-sign-in', reason: 'grant-refused', at: 1, scope: [] } }),
      }),
    ).toBeUndefined();
    expect(revealed(ACCESS, { about: 'c-2' })).toBeUndefined();
  });

  test('M-14: never reveals a token of another service, or one whose mask shows no characters', () => {
    expect(revealed(ACCESS, { about: '', service: 'Other' })).toBeUndefined();
    const short = connection({ state: { kind: 'connected', grant: grant({ accessToken: 'short-token' }) } });
    expect(revealed('short-token', { kept: short })).toBeUndefined();
  });
});
