import { describe, expect, it } from 'vitest';

import { createFinishingSignIn } from '#connections/sign-in/finishing-sign-in.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const birdsong = { id: 'birdsong', name: 'Birdsong' };

describe('the sign-in that is being finished', () => {
  it('E8: is known after a reload of the tab, until it has an outcome', () => {
    const tab = new MemoryStorage();
    createFinishingSignIn(tab).mark({ ...birdsong, resource: 'https://r.example' } as typeof birdsong);
    const reloaded = createFinishingSignIn(tab);
    expect(reloaded.interrupted()).toEqual(birdsong);
    reloaded.clear();
    expect(reloaded.interrupted()).toBeUndefined();
  });

  it.each(['', 'null', '[]', '{"id":"a"}', '{"id":1,"name":"b"}', '{"id":"","name":"b"}'])(
    'is unknown if the tab stores %j',
    (stored) => {
      const tab = new MemoryStorage();
      tab.setItem('finishing-sign-in', stored);
      expect(createFinishingSignIn(tab).interrupted()).toBeUndefined();
    },
  );

  it('is unknown if the tab stores nothing at all', () => {
    const finishing = createFinishingSignIn(undefined);
    finishing.mark(birdsong);
    expect(finishing.interrupted()).toBeUndefined();
  });
});
