import { afterEach, expect, test, vi } from 'vitest';

import { openBroadcast, openChangeChannel } from '#storage/change-channel.ts';

afterEach(() => vi.unstubAllGlobals());

test('broadcasts the id of a changed record to other tabs', async () => {
  const heard = vi.fn();
  const other = new BroadcastChannel('connections');
  openChangeChannel('connections').listen(heard);
  other.postMessage({ not: 'an id' });
  other.postMessage('c-1');
  await vi.waitFor(() => expect(heard.mock.calls).toEqual([['c-1']]));
  other.close();
});

test('does nothing if the browser rejects a broadcast, as Firefox does while it blocks site data', () => {
  vi.stubGlobal('BroadcastChannel', function refuse() {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  expect(openBroadcast('erase')).toBeUndefined();
  const channel = openChangeChannel('connections');
  channel.listen(() => undefined);
  expect(() => channel.announce('c-1')).not.toThrow();
});
