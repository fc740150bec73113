import { expect, test, vi } from 'vitest';

import { refreshFailure, type RefreshDeps } from '#connections/refresh/refresh-failure.ts';
import { grant } from '#tests/support/records.ts';

const failed = {
  connectionId: 'c-1',
  grant: grant(),
  attempts: { failures: 0, lost: 0 },
  tag: { flow: 'f', kind: 'refresh', service: 'Notices' },
} as const;

test.each([
  ['a response that could not be stored is lost', new DOMException('no room', 'QuotaExceededError'), 1],
  ['an internal error says nothing about the response', new Error('broken'), 0],
])('REF-6: %s', async (_what, error, lost) => {
  const apply = vi.fn(() => Promise.resolve(true));
  const deps = { store: { apply }, http: { now: () => 0 }, random: () => 0.5 } as unknown as RefreshDeps;
  expect(await refreshFailure(deps, failed, error)).toBe(error);
  expect(apply).toHaveBeenCalledExactlyOnceWith('c-1', expect.objectContaining({ type: 'refresh-failed', lost }));
});
