import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import { FirstRunScreen } from '#features/connections/first-run/first-run-screen.tsx';
import { birdsong } from '#tests/support/views.ts';

type Props = ComponentProps<typeof FirstRunScreen>;

function show(changes: Partial<Props> = {}) {
  const props: Props = {
    birdsong,
    workerState: 'ready',
    attempt: { kind: 'idle' },
    onConnect: vi.fn(),
    onCancel: vi.fn(),
    ...changes,
  };
  render(
    <MemoryRouter>
      <FirstRunScreen {...props} />
    </MemoryRouter>,
  );
  return props;
}

const connect = () => screen.queryByRole('button', { name: 'Connect Birdsong (built-in demo network)' });

describe('the first run', () => {
  it('says what will be requested and offers the demo network only', async () => {
    const { onConnect } = show();
    expect(screen.getByText(/asks to see your name, post for you, and read your posts/)).toBeDefined();
    expect(screen.getAllByRole('button')).toEqual([connect()]);
    await userEvent.click(screen.getByRole('button'));
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('accepts a press while the demo network starts, and says so next to the button', async () => {
    const { onConnect } = show({ workerState: 'starting' });
    expect(screen.getByRole('status').textContent).toContain('Starting Birdsong in your browser');
    await userEvent.click(screen.getByRole('button'));
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('reserves space for this message only if the wait is long', () => {
    vi.useFakeTimers();
    try {
      show({ workerState: 'starting' });
      const seen = (): Element | null => screen.queryByText(/^Starting Birdsong/, { selector: 'p' });
      expect(seen()).toBeNull();
      act(() => void vi.advanceTimersByTime(1_500));
      expect(seen()).not.toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('explains instead of the button that only the demo needs a service worker', () => {
    show({ workerState: 'missing' });
    expect(connect()).toBeNull();
    expect(screen.getByText('Birdsong can’t run in this window.')).toBeDefined();
    expect(screen.getByText(/Everything else in Content Planner works without it/)).toBeDefined();
    expect(screen.queryByText(/No account needed/)).toBeNull();
  });

  it.each([
    ['insecure', /Open the app over HTTPS/],
    ['blocked', /Allow the site to store data, then reload/],
    ['missing', /use a normal window or another browser/],
  ] as const)('says why there is no service worker (%s), and what else is possible', (state, reason) => {
    show({ workerState: state, addServicePath: '/services/new' });
    expect(screen.getByText(reason)).toBeDefined();
    const other = screen.queryByRole('link', { name: 'Add a service' });
    // Without storage no sign-in can be stored, at any service.
    expect(other?.getAttribute('href')).toBe(state === 'blocked' ? undefined : '/services/new');
  });

  it('offers no other service if the deployer allows none, and none beside Birdsong', () => {
    show({ workerState: 'missing' });
    expect(screen.queryByRole('link', { name: 'Add a service' })).toBeNull();
    cleanup();
    show({ addServicePath: '/services/new' });
    expect(screen.queryByRole('link', { name: 'Add a service' })).toBeNull();
  });

  it('can be cancelled while Birdsong is being opened', async () => {
    const { onCancel } = show({ attempt: { kind: 'working', serviceId: 'birdsong' } });
    const button = screen.getByRole('button', { name: 'Opening Birdsong…' });
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(button);
  });

  it('says why it failed and keeps the button for a retry', async () => {
    const { onConnect } = show({ attempt: { kind: 'failed', serviceId: 'birdsong', code: 'http-5xx' } });
    expect(screen.getByRole('status').textContent).toContain('Birdsong had an error.');
    await userEvent.click(connect() ?? screen.getByRole('main'));
    expect(onConnect).toHaveBeenCalledOnce();
  });
});
