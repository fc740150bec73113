import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Toast } from '#ui/toast.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const wait = (milliseconds: number) => {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
};

describe('a toast', () => {
  it('is announced in a status region that existed before', () => {
    const { rerender } = render(<Toast closeLabel="Close" toast={undefined} onDone={vi.fn()} />);
    const region = screen.getByRole('status');
    rerender(<Toast closeLabel="Close" toast={{ id: 1, text: 'Scheduled on Birdsong' }} onDone={vi.fn()} />);
    expect(region.textContent).toBe('Scheduled on Birdsong');
  });

  it('stays for 8 seconds', () => {
    const onDone = vi.fn();
    render(<Toast closeLabel="Close" toast={{ id: 1, text: 'Sent' }} onDone={onDone} />);
    wait(7_999);
    expect(onDone).not.toHaveBeenCalled();
    wait(1);
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('stays while the pointer is on it', () => {
    const onDone = vi.fn();
    render(<Toast closeLabel="Close" toast={{ id: 1, text: 'Sent' }} onDone={onDone} />);
    fireEvent.pointerEnter(screen.getByText('Sent'));
    wait(60_000);
    expect(onDone).not.toHaveBeenCalled();
    fireEvent.pointerLeave(screen.getByText('Sent'));
    wait(8_000);
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('stays while its button has the focus, and closes when that is pressed', () => {
    const onDone = vi.fn();
    const onAction = vi.fn();
    render(
      <Toast
        closeLabel="Close"
        toast={{ id: 1, text: 'Deleted', action: { label: 'Undo', onAction } }}
        onDone={onDone}
      />,
    );
    const undo = screen.getByRole('button', { name: 'Undo' });
    act(() => {
      undo.focus();
    });
    wait(60_000);
    expect(onDone).not.toHaveBeenCalled();
    fireEvent.click(undo);
    expect(onAction).toHaveBeenCalledOnce();
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('can be closed, and the next one gets its full time', () => {
    const onDone = vi.fn();
    const { rerender } = render(<Toast closeLabel="Close" toast={{ id: 1, text: 'One' }} onDone={onDone} />);
    fireEvent.pointerEnter(screen.getByText('One'));
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onDone).toHaveBeenCalledOnce();
    rerender(<Toast closeLabel="Close" toast={{ id: 2, text: 'Two' }} onDone={onDone} />);
    wait(8_000);
    expect(onDone).toHaveBeenCalledTimes(2);
  });

  it('closes on Escape while it has the focus, and stops that event', () => {
    const onDone = vi.fn();
    const onOther = vi.fn();
    document.addEventListener('keydown', onOther);
    render(<Toast closeLabel="Close" toast={{ id: 1, text: 'Sent' }} onDone={onDone} />);
    fireEvent.keyDown(screen.getByRole('button', { name: 'Close' }), { key: 'a' });
    expect(onDone).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByRole('button', { name: 'Close' }), { key: 'Escape' });
    expect(onDone).toHaveBeenCalledOnce();
    expect(onOther).toHaveBeenCalledOnce();
    document.removeEventListener('keydown', onOther);
  });

  it('gives the next one its own time', () => {
    const onDone = vi.fn();
    const { rerender } = render(<Toast closeLabel="Close" toast={{ id: 1, text: 'One' }} onDone={onDone} />);
    wait(5_000);
    rerender(<Toast closeLabel="Close" toast={{ id: 2, text: 'Two' }} onDone={onDone} />);
    wait(5_000);
    expect(onDone).not.toHaveBeenCalled();
  });
});
