/** DPoP proofs, from the first request of a page on (M-20). */
import { expect, test, vi } from 'vitest';

import { createDpopSigner } from '#connections/http/dpop.ts';
import { createProofKey } from '#oauth/dpop-proof.ts';

const TOKEN = 'https://as.example/token';
const key = await createProofKey();
const keys = { find: (id: string) => Promise.resolve(id === 'kept' ? key : undefined) };

test('sends nothing if the key is lost or the code that signs proofs fails to load', async () => {
  const fetch = vi.fn(() => Promise.resolve(new Response()));
  const through = (keyId: string) => createDpopSigner(keys, Date.now).through(fetch, 'authorization', { keyId });
  await expect(through('lost')(TOKEN)).rejects.toMatchObject({ code: 'key-missing' });
  vi.doMock('#oauth/dpop-fetch.ts', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  // Like any request that fails on the network: the grant is kept, the request is retried, and no internal error is reported.
  await expect(through('kept')(TOKEN)).rejects.toMatchObject({ code: 'unreachable' });
  vi.doUnmock('#oauth/dpop-fetch.ts');
  expect(fetch).not.toHaveBeenCalled();
});
