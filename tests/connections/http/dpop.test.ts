/** Proofs of a key, from the first request of a page on (M-20). */
import { expect, test, vi } from 'vitest';

import { createDpopSigner } from '#connections/http/dpop.ts';
import { createProofKey } from '#oauth/dpop-proof.ts';

const TOKEN = 'https://as.example/token';
const key = await createProofKey();
const keys = { find: (id: string) => Promise.resolve(id === 'kept' ? key : undefined) };

test('nothing leaves where the key is gone, or where what makes proofs can’t be loaded', async () => {
  const fetch = vi.fn(() => Promise.resolve(new Response()));
  const through = (keyId: string) => createDpopSigner(keys, Date.now).through(fetch, 'authorization', { keyId });
  await expect(through('lost')(TOKEN)).rejects.toMatchObject({ code: 'key-missing' });
  vi.doMock('#oauth/dpop-fetch.ts', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  // As every other request that does not get through: kept and tried again, and no fault of the app.
  await expect(through('kept')(TOKEN)).rejects.toMatchObject({ code: 'unreachable' });
  vi.doUnmock('#oauth/dpop-fetch.ts');
  expect(fetch).not.toHaveBeenCalled();
});
