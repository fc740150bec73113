import { expect, it, vi } from 'vitest';

import { createToastStore } from '#app/layout/toast-store.ts';

it('REV-4: dismisses toasts about what was deleted, and no others', () => {
  const toasts = createToastStore();
  const listener = vi.fn();
  toasts.subscribe(listener);
  toasts.show('Connected to Birdsong', 'one');
  toasts.retract((about) => about === 'another');
  expect(toasts.get()?.text).toBe('Connected to Birdsong');
  toasts.retract((about) => about === 'one');
  expect(toasts.get()).toBeUndefined();
  expect(listener).toHaveBeenCalledTimes(2);

  toasts.show('Sent');
  toasts.retract(() => true);
  expect(toasts.get()?.text).toBe('Sent');
});
