import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { useNow } from '#ui/use-now.ts';

let isHidden = false;

beforeEach(() => {
  isHidden = false;
  vi.useFakeTimers({ now: 0 });
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isHidden ? 'hidden' : 'visible'));
});
afterEach(() => {
  vi.useRealTimers();
});

function Clock() {
  return <time>{useNow()}</time>;
}
const shown = () => Number(screen.getByRole('time').textContent);
const wait = (milliseconds: number) => {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
};
const turn = (hidden: boolean) => {
  isHidden = hidden;
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
};

describe('the time on screen', () => {
  it('ticks each second', () => {
    render(<Clock />);
    wait(3_000);
    expect(shown()).toBe(3_000);
  });

  it('stops while the page is hidden and is current at once afterwards', () => {
    render(<Clock />);
    turn(true);
    wait(10_500);
    expect(shown()).toBe(0);
    turn(false);
    expect(shown()).toBe(10_500);
    wait(1_000);
    expect(shown()).toBe(11_500);
  });

  it('leaves no timer behind', () => {
    const { unmount } = render(<Clock />);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
