import { describe, expect, it, vi } from 'vitest';

import { createPreferences } from '#app/composition/preferences.ts';
import type { Preferences } from '#features/settings/preferences.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const FIRST_DAY: Preferences = {
  theme: 'system',
  locale: undefined,
  hourCycle: 'language',
  letterKeys: true,
};
const CHOSEN: Preferences = {
  theme: 'dark',
  locale: 'de-DE',
  hourCycle: '24h',
  letterKeys: false,
};

function open(storage: Storage | undefined) {
  const events = new EventTarget();
  const apply = vi.fn<(preferences: Preferences) => void>();
  return { ...createPreferences({ storage, events, apply }), events, apply };
}

/** Notifies a page as the browser does when another page has written. */
function tell(events: EventTarget, key: string | null, storageArea: Storage): void {
  events.dispatchEvent(Object.assign(new Event('storage'), { key, storageArea }));
}

describe('preferences', () => {
  it('have their defaults until the user chooses, and apply at once', () => {
    const { get, apply } = open(new MemoryStorage());
    expect(get()).toEqual(FIRST_DAY);
    expect(apply).toHaveBeenCalledExactlyOnceWith(FIRST_DAY);
  });

  it('apply before listeners are notified, and are there on the next visit', () => {
    const storage = new MemoryStorage();
    const { change, subscribe, apply } = open(storage);
    const order: string[] = [];
    apply.mockImplementation(() => order.push('applied'));
    subscribe(() => order.push('told'));
    change(CHOSEN);
    expect(apply).toHaveBeenLastCalledWith(CHOSEN);
    expect(order).toEqual(['applied', 'told']);
    expect(open(storage).get()).toEqual(CHOSEN);
  });

  it('change one at a time', () => {
    const { change, get } = open(new MemoryStorage());
    change({ theme: 'light' });
    change({ hourCycle: '12h' });
    change({ theme: 'system' });
    expect(get()).toEqual({ ...FIRST_DAY, hourCycle: '12h' });
  });

  it('store the theme where the script before the first paint reads it', () => {
    const storage = new MemoryStorage();
    const { change } = open(storage);
    change({ theme: 'dark' });
    expect(storage.getItem('theme')).toBe('dark');
    change({ theme: 'system' });
    expect(storage.getItem('theme')).toBeNull();
  });

  it.each([
    'no JSON',
    'null',
    '[1]',
    '{"locale":"not a tag","hourCycle":"7h","letterKeys":"no"}',
    '{"locale":["de-DE"],"hourCycle":"toString"}',
  ])('have their defaults if the stored value is invalid: %s', (stored) => {
    const storage = new MemoryStorage();
    storage.setItem('preferences', stored);
    storage.setItem('theme', 'purple');
    expect(open(storage).get()).toEqual(FIRST_DAY);
  });

  it('follow another tab', () => {
    const storage = new MemoryStorage();
    const here = open(storage);
    open(storage).change(CHOSEN);
    const listener = vi.fn();
    here.subscribe(listener);
    expect(here.get()).toEqual(FIRST_DAY);
    tell(here.events, 'preferences', storage);
    expect(here.get()).toEqual(CHOSEN);
    expect(here.apply).toHaveBeenLastCalledWith(CHOSEN);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('return to the defaults when another tab clears everything', () => {
    const storage = new MemoryStorage();
    const { change, get, events } = open(storage);
    change(CHOSEN);
    storage.clear();
    tell(events, null, storage);
    expect(get()).toEqual(FIRST_DAY);
  });

  it('ignore other keys and other storage', () => {
    const storage = new MemoryStorage();
    const { events, apply } = open(storage);
    tell(events, 'something-else', storage);
    tell(events, 'preferences', new MemoryStorage());
    expect(apply).toHaveBeenCalledOnce();
  });

  it('last as long as the page if storage is blocked or full', () => {
    const blocked = open(undefined);
    blocked.change(CHOSEN);
    expect(blocked.get()).toEqual(CHOSEN);
    const full = new MemoryStorage();
    vi.spyOn(full, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const { change, get, apply } = open(full);
    change(CHOSEN);
    expect(get()).toEqual(CHOSEN);
    expect(apply).toHaveBeenLastCalledWith(CHOSEN);
  });
});
