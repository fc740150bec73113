import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { resendWhileUnsent } from '#connections/disconnect/resend-unsent.ts';
import { createObservable } from '#lib/observable.ts';

const FIVE_MINUTES = 5 * 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('E1, REV-3: revocations are sent again every five minutes until none waits, and then never', () => {
  const hasUnsent = createObservable(false);
  // The server recovers before the third attempt.
  const send = vi.fn(() => hasUnsent.set(send.mock.calls.length < 3));
  resendWhileUnsent(hasUnsent, send);
  vi.advanceTimersByTime(10 * FIVE_MINUTES);
  expect(send).not.toHaveBeenCalled();

  hasUnsent.set(true);
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  expect(send).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(send).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10 * FIVE_MINUTES);
  expect(send).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('E1: an attempt for another reason starts the five minutes anew', () => {
  const hasUnsent = createObservable(true);
  const send = vi.fn();
  resendWhileUnsent(hasUnsent, send);
  hasUnsent.set(true);
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  hasUnsent.set(true);
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  expect(send).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(send).toHaveBeenCalledTimes(1);
});
