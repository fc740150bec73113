import { afterEach, expect, test, vi } from 'vitest';

import { openBroadcast, openChangeChannel } from '#storage/change-channel.ts';

afterEach(() => vi.unstubAllGlobals());

test('tells other tabs the id of a changed record', async () => {
  const heard = vi.fn();
  const other = new BroadcastChannel('connections');
  openChangeChannel('connections').listen(heard);
  other.postMessage({ not: 'an id' });
  other.postMessage('c-1');
  await vi.waitFor(() => expect(heard.mock.calls).toEqual([['c-1']]));
  other.close();
});

test('is silent where the browser refuses a broadcast, as Firefox does while it blocks a site’s data', () => {
  vi.stubGlobal('BroadcastChannel', function refuse() {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  expect(openBroadcast('erase')).toBeUndefined();
  const channel = openChangeChannel('connections');
  channel.listen(() => undefined);
  expect(() => channel.announce('c-1')).not.toThrow();
});
