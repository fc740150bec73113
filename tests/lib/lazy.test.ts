/** Values created on their first use. */
import { expect, test, vi } from 'vitest';
import { lazy } from '#lib/lazy.ts';

test('creates the value on first use, and only then', () => {
  const make = vi.fn(() => ({}));
  const get = lazy(make);
  expect(make).not.toHaveBeenCalled();
  expect(get()).toBe(get());
  expect(make).toHaveBeenCalledOnce();
});

test('tries again after undefined', () => {
  const make = vi.fn<() => string | undefined>().mockReturnValueOnce(undefined).mockReturnValue('value');
  const get = lazy(make);
  expect([get(), get(), get()]).toEqual([undefined, 'value', 'value']);
  expect(make).toHaveBeenCalledTimes(2);
});
