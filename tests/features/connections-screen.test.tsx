import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ConnectionStatus } from '#connections/connection-view.ts';
import { ConnectionsScreen } from '#features/connect/connections-screen.tsx';
import { formatWhen } from '#messages/format.ts';
import { birdsong, connectionView, DAY, NOW } from '#tests/support/views.ts';

type Props = ComponentProps<typeof ConnectionsScreen>;

function show(changes: Partial<Props> = {}) {
  const props: Props = {
    connections: [connectionView()],
    services: [birdsong],
    attempt: { kind: 'idle' },
    workerState: 'ready',
    onConnect: vi.fn(),
    onReconnect: vi.fn(),
    onDisconnect: vi.fn(() => Promise.resolve({ confirmed: true })),
    onCancel: vi.fn(),
    ...changes,
  };
  const view = (shown: Props) => (
    <MemoryRouter>
      <ConnectionsScreen {...shown} />
    </MemoryRouter>
  );
  const { rerender } = render(view(props));
  return { ...props, update: (more: Partial<Props>) => rerender(view({ ...props, ...more })) };
}

const card = () => screen.getByRole('article', { name: 'Birdsong, Lowtide Press, @lowtide' });
const showStatus = (status: ConnectionStatus) => show({ connections: [connectionView({ status })] });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a connection', () => {
  it('says who it is and what is allowed, and names what is not', () => {
    show({ connections: [connectionView({ scope: ['openid', 'profile', 'posts:read'] })] });
    const permissions = within(screen.getByRole('list', { name: 'What the app may do' })).getAllByRole('listitem');
    expect(permissions.map(({ textContent }) => textContent)).toEqual([
      'See your name and picture',
      'Not allowed: Post for you',
      'See your posts',
      'Not allowed: See how your posts did',
    ]);
  });

  it('counts down each second and says that it refreshes itself', () => {
    show();
    expect(within(card()).getByText('Expires in 42 s')).toBeDefined();
    expect(within(card()).getByText('Refreshes itself.')).toBeDefined();
    act(() => {
      vi.advanceTimersByTime(2_000);
    });
    expect(within(card()).getByText('Expires in 40 s')).toBeDefined();
    act(() => {
      vi.advanceTimersByTime(60_000);
    });
    expect(within(card()).getByText('Expired')).toBeDefined();
  });

  it('announces nothing while it counts', () => {
    show();
    expect(screen.getAllByRole('status').every(({ textContent }) => textContent === '')).toBe(true);
  });

  it.each<[ConnectionStatus, string, string]>([
    [{ kind: 'connected', refreshesItself: false }, 'Signed in', 'This server’s tokens do not expire.'],
    [{ kind: 'connected', expiresAt: NOW + 660_000, refreshesItself: true }, 'Expires in 11 min', 'Refreshes itself.'],
    [
      { kind: 'connected', expiresAt: NOW + 30_000, refreshesItself: false },
      'Expires in 30 s',
      'After that you sign in again.',
    ],
    [{ kind: 'refreshing' }, 'Refreshing', 'Asking Birdsong for a new token.'],
    [{ kind: 'waiting', until: NOW + 12_000 }, 'Not refreshed', 'The sign-in is kept, and the next use tries again.'],
    [{ kind: 'revoking' }, 'Disconnecting', 'Asking Birdsong to revoke the token.'],
  ])('says in words how it stands: %o', (status, title, text) => {
    showStatus(status);
    expect(within(card()).getByText(title)).toBeDefined();
    expect(card().textContent).toContain(text);
  });

  it.each([
    ['grant-refused', 'Birdsong ended this sign-in', 'invalid_grant'],
    ['client-unknown', 'Birdsong no longer knows this app', 'invalid_client'],
    ['token-refused', 'Birdsong refused the token', 'invalid_token'],
    ['record-damaged', 'What this browser kept could not be read', ''],
  ] as const)('says who ended it, when, and by which code: %s', async (reason, text, code) => {
    const at = NOW - DAY;
    const { onReconnect } = showStatus({ kind: 'needs-sign-in', reason, at });
    expect(within(card()).getByText('Needs sign-in')).toBeDefined();
    expect(card().textContent).toContain(text);
    expect(card().textContent).toContain(formatWhen(at, NOW));
    expect(card().textContent).toContain(code);
    expect(within(card()).getByRole('status').textContent).toBe('Birdsong: Needs sign-in');
    await userEvent.click(within(card()).getByRole('button', { name: 'Reconnect' }));
    expect(onReconnect).toHaveBeenCalledWith('c1');
  });

  it('keeps the words of the protocol in the details', () => {
    show();
    const facts = within(card()).getAllByRole('definition');
    const text = facts.map(({ textContent }) => textContent).join('\n');
    expect(text).toContain('https://planner.example/birdsong');
    expect(text).toContain('https://planner.example/client.json');
    expect(text).toContain('Opaque, bearer');
    expect(text).toContain('Kept in this browser');
    expect(text).toContain('openid profile posts:read posts:write stats:read offline_access');
  });

  it('leads to the demo controls of Birdsong alone', () => {
    const other = { ...birdsong, id: 'other', name: 'Other' };
    show({
      services: [birdsong, other],
      connections: [connectionView(), connectionView({ id: 'c2', service: other })],
      demoControlsUrl: '/birdsong/',
    });
    const [link, ...more] = screen.getAllByRole('link', { name: 'Birdsong’s demo controls' });
    expect(link?.getAttribute('href')).toBe('/birdsong/');
    expect(more).toEqual([]);
  });
});

describe('connecting', () => {
  it('offers the first connection where there is none', async () => {
    const { onConnect } = show({ connections: [] });
    expect(screen.getByRole('heading', { name: 'No connections yet' })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Connect Birdsong' }));
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('offers another account where there is one', async () => {
    const { onConnect } = show();
    await userEvent.click(screen.getByRole('button', { name: 'Connect another account' }));
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('can be stopped while the service is being opened', async () => {
    const { onCancel, onConnect } = show({ attempt: { kind: 'working', serviceId: 'birdsong' } });
    await userEvent.click(screen.getByRole('button', { name: 'Opening Birdsong…' }));
    expect(onConnect).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('shows at its card why a reconnect could not begin', () => {
    show({
      attempt: {
        kind: 'failed',
        serviceId: 'birdsong',
        connectionId: 'c1',
        code: 'server-error',
        serverError: 'invalid_client_metadata',
        url: 'https://planner.example/birdsong/register',
      },
    });
    expect(card().textContent).toContain('Birdsong refused the request.');
    expect(card().textContent).toContain('invalid_client_metadata');
    expect(card().textContent).toContain('https://planner.example/birdsong/register');
  });

  it('says why there is no demo in a window without service workers', () => {
    show({ connections: [], workerState: 'missing' });
    expect(screen.queryByRole('button', { name: 'Connect Birdsong' })).toBeNull();
    expect(screen.getByText('Birdsong cannot run in this window.')).toBeDefined();
  });

  it('says that the connections are being read', () => {
    show({ connections: undefined });
    expect(screen.getByText('Reading your connections')).toBeDefined();
    expect(screen.queryByText('No connections yet')).toBeNull();
  });
});

describe('disconnecting', () => {
  const ask = async () => {
    await userEvent.click(within(card()).getByRole('button', { name: 'Disconnect' }));
    return screen.getByRole('dialog', { name: 'Disconnect Birdsong?' });
  };

  it('asks first and changes nothing when the answer is to keep', async () => {
    const { onDisconnect } = show();
    const dialog = await ask();
    expect(dialog.textContent).toContain('Posts already sent stay where they are.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Keep' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(onDisconnect).not.toHaveBeenCalled();
  });

  it('closes with Escape', async () => {
    show();
    // A browser moves the focus into the dialog by itself.
    within(await ask())
      .getByRole('button', { name: 'Keep' })
      .focus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('reports that the server confirmed, and moves the focus there', async () => {
    const { onDisconnect } = show();
    await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
    expect(onDisconnect).toHaveBeenCalledWith('c1');
    const report = await screen.findByText('Birdsong is disconnected.');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement?.contains(report)).toBe(true);
  });

  it('is honest when the server did not confirm (REV-3)', async () => {
    show({ onDisconnect: () => Promise.resolve({ confirmed: false }) });
    await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
    expect(await screen.findByText('Birdsong is forgotten here.')).toBeDefined();
    expect(screen.getByText(/did not confirm that the token is revoked/)).toBeDefined();
  });

  it('stays open and says so when this browser could not finish it', async () => {
    show({ onDisconnect: () => Promise.reject(new Error('storage is gone')) });
    const dialog = await ask();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => {
      expect(within(dialog).getByRole('alert').textContent).toBe(
        'This browser could not finish it. Nothing was forgotten.',
      );
    });
  });

  it('does not ask twice while it is under way', async () => {
    let finish = (_result: { confirmed: boolean }): void => {};
    const onDisconnect = vi.fn(
      () =>
        new Promise<{ confirmed: boolean }>((resolve) => {
          finish = resolve;
        }),
    );
    show({ onDisconnect });
    const dialog = await ask();
    const confirm = within(dialog).getByRole('button', { name: 'Disconnect' });
    await userEvent.click(confirm);
    await userEvent.click(confirm);
    await userEvent.keyboard('{Escape}');
    expect(onDisconnect).toHaveBeenCalledOnce();
    expect(screen.getByRole('dialog')).toBeDefined();
    finish({ confirmed: true });
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
  });
});
