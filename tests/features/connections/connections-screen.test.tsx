import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ConnectionStatus } from '#connections/store/connection-view.ts';
import type { DisconnectOutcome } from '#connections/disconnect/disconnect-outcome.ts';
import { ConnectionsScreen } from '#features/connections/connections-screen.tsx';
import { formatWhen } from '#messages/format.ts';
import { birdsong, connectionView, DAY, NOW } from '#tests/support/views.ts';

type Props = ComponentProps<typeof ConnectionsScreen>;
/** The members of all groups side by side, so that a test names only what it changes. */
type Flat = Pick<Props, 'connections'> &
  Props['offered'] &
  Props['signIn'] &
  Props['demo'] &
  Props['ends'] &
  Props['queries'] &
  Props['actions'];

function show(changes: Partial<Flat> = {}) {
  const props: Flat = {
    connections: [connectionView()],
    services: [birdsong],
    attempt: { kind: 'idle' },
    workerState: 'ready',
    abandoned: [],
    problems: [],
    removable: [],
    typedClientIds: [],
    onRemove: vi.fn(),
    onConnect: vi.fn(),
    parseToken: vi.fn(() => undefined),
    onReconnect: vi.fn(),
    onAllow: vi.fn(),
    onDisconnect: vi.fn(() => Promise.resolve<DisconnectOutcome>({ kind: 'revoked' })),
    isServerFixed: () => false,
    takesPosts: () => true,
    onApproveServer: vi.fn(),
    revocationResults: new Map(),
    findSignOut: vi.fn(() => Promise.resolve(undefined)),
    onForgetSignOut: vi.fn(),
    unconfirmed: [],
    onDismissReport: vi.fn(),
    onCancel: vi.fn(),
    ...changes,
  };
  const view = (flat: Flat) => (
    <MemoryRouter>
      <ConnectionsScreen
        connections={flat.connections}
        offered={flat}
        signIn={flat}
        demo={flat}
        ends={flat}
        queries={flat}
        actions={flat}
      />
    </MemoryRouter>
  );
  const { rerender } = render(view(props));
  return { ...props, update: (more: Partial<Flat>) => rerender(view({ ...props, ...more })) };
}

const ACCOUNT = 'Birdsong, Lowtide Press, @lowtide';
const card = () => screen.getByRole('article', { name: ACCOUNT });
const reconnect = () => within(card()).getByRole('button', { name: `Reconnect ${ACCOUNT}` });
const showStatus = (status: ConnectionStatus) => show({ connections: [connectionView({ status })] });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a connection', () => {
  it('shows who it is and what is allowed, and names what is not', () => {
    show({ connections: [connectionView({ scope: ['openid', 'profile', 'posts:read'] })] });
    const permissions = within(screen.getByRole('list', { name: 'What the app can do' })).getAllByRole('listitem');
    expect(permissions.map(({ textContent }) => textContent)).toEqual([
      'See your name and picture',
      'Not allowed: Post for you Allow',
      'See your posts',
      'Not allowed: See your post statistics Allow',
    ]);
  });

  it('offers to request a missing permission next to it', async () => {
    const { onAllow } = show({ connections: [connectionView({ scope: ['openid', 'profile', 'posts:read'] })] });
    await userEvent.click(screen.getByRole('button', { name: `Allow: Post for you. ${ACCOUNT}` }));
    expect(onAllow).toHaveBeenCalledWith('c1', ['posts:write']);
  });

  it('links to its console', () => {
    show();
    const link = within(card()).getByRole('link', { name: `Console for ${ACCOUNT}` });
    expect(link.getAttribute('href')).toBe('/connections/c1/console');
  });

  it('counts down each second and says that it renews automatically', () => {
    show();
    expect(within(card()).getByText(/\(42 s left\)/)).toBeDefined();
    expect(within(card()).getByText('Connected')).toBeDefined();
    act(() => {
      vi.advanceTimersByTime(2_000);
    });
    expect(within(card()).getByText(/\(40 s left\)/)).toBeDefined();
    act(() => {
      vi.advanceTimersByTime(60_000);
    });
    expect(within(card()).getByText('Renews automatically when next used.')).toBeDefined();
  });

  it('E8: isolates name and handle from each other, so that neither reorders the other', () => {
    const identity = { issuer: 'i', subject: 'u', name: '\u{5E2}\u{5D3}\u{5D4} \u{202E}moc', username: '1\u{5D0}' };
    show({ connections: [connectionView({ identity })] });
    const runs = [...screen.getByRole('article').querySelectorAll('bdi')].map(({ textContent }) => textContent);
    expect(runs.slice(0, 2)).toEqual([identity.name, `@${identity.username}`]);
  });

  it('announces nothing while it counts', () => {
    show();
    expect(screen.getAllByRole('status').every(({ textContent }) => textContent === '')).toBe(true);
  });

  it.each<[ConnectionStatus, string, string]>([
    [
      { kind: 'connected', expiresAt: NOW + 660_000, refreshesItself: true },
      'Connected',
      'Renews automatically (11 min left).',
    ],
    [
      { kind: 'connected', expiresAt: NOW + 30_000, refreshesItself: false },
      'Expires in 30 s',
      'Then you’ll need to sign in again.',
    ],
    [{ kind: 'refreshing' }, 'Renewing', 'Asking Birdsong for a new token.'],
    [{ kind: 'waiting', until: NOW }, 'Not renewed', 'You stay signed in. Retrying now.'],
  ])('describes its state: %o', (status, title, text) => {
    showStatus(status);
    expect(within(card()).getByText(title)).toBeDefined();
    expect(card().textContent).toContain(text);
  });

  it.each([true, false])(
    'E8: does not claim that access lasts if the server does not say (refreshes: %s)',
    (refreshes) => {
      showStatus({ kind: 'connected', refreshesItself: refreshes });
      expect(within(card()).getByText('Connected')).toBeDefined();
      expect(card().textContent).toContain('Birdsong doesn’t say when access expires.');
    },
  );

  it.each([
    ['unreachable', 'Waiting for the network', 'couldn’t be reached', 'in 12 s, or when you’re back online.'],
    ['timed-out', 'Waiting for the network', 'didn’t respond in time', 'in 12 s, or when you’re back online.'],
    ['rate-limited', 'Waiting for Birdsong', 'Too many requests.', 'in 12 s.'],
    ['http-5xx', 'Waiting for Birdsong', 'had an error', 'in 12 s.'],
    ['malformed-response', 'Waiting for Birdsong', 'invalid response', 'in 12 s.'],
    ['invalid-dpop-proof', 'Not renewed', 'this device’s clock may be wrong', 'in 12 s.'],
    [undefined, 'Not renewed', 'couldn’t renew the token', 'in 12 s.'],
  ] as const)(
    'REF-5: says why a refresh waits, that the sign-in is kept, and when it is retried: %s',
    (because, title, why, next) => {
      showStatus({ kind: 'waiting', until: NOW + 12_000, ...(because && { because }) });
      expect(within(card()).getByText(title)).toBeDefined();
      expect(card().textContent).toContain(why);
      expect(card().textContent).toContain(`You stay signed in. Retrying ${next}`);
    },
  );

  it('REF-5: says that this device is offline if the browser reports it', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    showStatus({ kind: 'waiting', until: NOW + 12_000, because: 'unreachable' });
    expect(within(card()).getByText('Waiting for the network')).toBeDefined();
    expect(card().textContent).toContain('You stay signed in; the app retries when you’re back online.');
    expect(card().textContent).not.toContain('12 s');
  });

  it.each([
    ['grant-refused', 'Birdsong ended this sign-in', 'invalid_grant'],
    ['client-unknown', 'Birdsong no longer recognises this app', 'invalid_client'],
    ['token-refused', 'Birdsong rejected the token', 'invalid_token'],
    ['record-damaged', 'The stored sign-in couldn’t be read', ''],
  ] as const)('says who ended it, when, and with which code: %s', async (reason, text, code) => {
    const at = NOW - DAY;
    const { onReconnect } = showStatus({ kind: 'needs-sign-in', reason, at });
    expect(within(card()).getByText('Signed out')).toBeDefined();
    expect(card().textContent).toContain(text);
    expect(card().textContent).toContain(formatWhen(at, NOW));
    expect(card().textContent).toContain(code);
    expect(within(card()).getByRole('status').textContent).toBe('Birdsong: Signed out');
    await userEvent.click(reconnect());
    expect(onReconnect).toHaveBeenCalledWith('c1');
  });

  it('makes reconnecting the main action only if the user is needed', () => {
    const { update } = showStatus({ kind: 'connected', expiresAt: NOW + 30_000, refreshesItself: false });
    const quiet = reconnect().className;
    update({ connections: [connectionView({ status: { kind: 'needs-sign-in', reason: 'grant-refused', at: NOW } })] });
    const primary = reconnect().className;
    expect(primary).not.toBe(quiet);
    update({ connections: [connectionView({ status: { kind: 'connected', expiresAt: NOW, refreshesItself: true } })] });
    expect(reconnect().className).toBe(quiet);
    update({
      connections: [connectionView({ status: { kind: 'connected', expiresAt: NOW, refreshesItself: false } })],
    });
    expect(reconnect().className).toBe(primary);
    expect(within(card()).getByRole('status').textContent).toBe('Birdsong: Expired');
  });

  it('keeps protocol terms in the details', () => {
    show();
    const facts = within(card()).getAllByRole('definition');
    const text = facts.map(({ textContent }) => textContent).join('\n');
    expect(text).toContain('https://planner.example/birdsong');
    expect(text).toContain('https://planner.example/client.json');
    expect(text).toContain('Opaque: only Birdsong can read it.');
    expect(text).toContain('Stored in this browser');
    expect(text).toContain('openid profile posts:read posts:write stats:read offline_access');
  });

  it('decodes a JWT only when it is opened, and shows it as truncated text', async () => {
    const details = { ...connectionView().details!, accessTokenForm: 'jwt' as const };
    const exp = NOW / 1_000;
    const claims = { exp, iat: 1e300, name: 'x'.repeat(1_000), note: '<b>\u202eevil</b>' };
    const parseToken = vi.fn(() => ({ kind: 'jwt' as const, header: { alg: 'ES256' }, claims }));
    show({ connections: [connectionView({ details })], parseToken });
    expect(card().textContent).toContain('the app never relies on it');
    expect(parseToken).not.toHaveBeenCalled();
    await userEvent.click(within(card()).getByText('Details'));
    await userEvent.click(within(card()).getByText('Contents'));
    expect(await within(card()).findByText('"ES256"')).toBeDefined();
    expect(parseToken).toHaveBeenCalledWith('c1');
    expect(within(card()).getByText(String(exp)).nextSibling?.textContent).toBe(
      new Date(NOW).toISOString().replace('.000Z', 'Z'),
    );
    expect(within(card()).getByText('1e+300').nextSibling).toBeNull();
    expect(within(card()).getByText(/^"x+…$/).textContent).toHaveLength(301);
    expect(within(card()).getByText('"<b>\u202eevil</b>"').tagName).toBe('BDI');
  });

  it('links to the demo controls for Birdsong only', () => {
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
  it('offers the first connection if there is none', async () => {
    const { onConnect } = show({ connections: [] });
    expect(screen.getByRole('heading', { name: 'No connections yet' })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Connect Birdsong' }));
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('offers another account if there is one', async () => {
    const { onConnect } = show();
    await userEvent.click(screen.getByRole('button', { name: 'Connect another account' }));
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('can be cancelled while the service is being opened', async () => {
    const { onCancel, onConnect } = show({ attempt: { kind: 'working', serviceId: 'birdsong' } });
    const button = screen.getByRole('button', { name: 'Opening Birdsong…' });
    await userEvent.click(button);
    expect(onConnect).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(button);
  });

  it('returns the focus to the button of its card when a reconnect is cancelled', async () => {
    show({ attempt: { kind: 'working', serviceId: 'birdsong', connectionId: 'c1' } });
    await userEvent.click(within(card()).getByRole('button', { name: 'Cancel' }));
    expect(document.activeElement?.textContent).toBe('Opening Birdsong…');
  });

  it('shows on its card why a reconnect could not start', () => {
    show({
      attempt: {
        kind: 'failed',
        serviceId: 'birdsong',
        connectionId: 'c1',
        code: 'oauth-error',
        step: 'registration',
        status: 400,
        serverError: 'invalid_client_metadata',
        url: 'https://planner.example/birdsong/register',
      },
    });
    expect(card().textContent).toContain('Birdsong didn’t register this app.');
    expect(card().textContent).toContain('invalid_client_metadata');
    expect(card().textContent).toContain('https://planner.example/birdsong/register');
    expect(card().textContent).toContain('Status: 400');
  });

  it('says why there is no demo in a window without service workers', () => {
    show({ connections: [], workerState: 'missing' });
    expect(screen.queryByRole('button', { name: 'Connect Birdsong' })).toBeNull();
    expect(screen.getByText('Birdsong can’t run in this window.')).toBeDefined();
    expect(screen.getByRole('heading', { name: 'No connections yet' })).toBeDefined();
    expect(screen.queryByText(/Start with Birdsong/)).toBeNull();
  });

  it('says that the connections are being loaded', () => {
    show({ connections: undefined });
    expect(screen.getByText('Loading your connections')).toBeDefined();
    expect(screen.queryByText('No connections yet')).toBeNull();
  });
});

describe('disconnecting', () => {
  const ask = async () => {
    await userEvent.click(within(card()).getByRole('button', { name: `Disconnect ${ACCOUNT}` }));
    return screen.getByRole('dialog', { name: 'Disconnect Birdsong?' });
  };

  it('asks first, and changes nothing if the user keeps the connection', async () => {
    const { onDisconnect } = show();
    const dialog = await ask();
    expect(dialog.textContent).toContain('This disconnects Lowtide Press, @lowtide.');
    expect(within(dialog).getByText('Lowtide Press').tagName).toBe('BDI');
    expect(dialog.textContent).toContain('Sent and scheduled posts stay on Birdsong.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(onDisconnect).not.toHaveBeenCalled();
  });

  it('closes with Escape', async () => {
    show();
    // A browser moves the focus into the dialog by itself.
    within(await ask())
      .getByRole('button', { name: 'Cancel' })
      .focus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('reports that the server confirmed, and moves the focus to the report', async () => {
    const { onDisconnect } = show();
    await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
    expect(onDisconnect).toHaveBeenCalledWith('c1', { signsOut: false });
    const report = await screen.findByText('Birdsong account disconnected.');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement?.contains(report)).toBe(true);
    expect(document.activeElement?.textContent).toContain('the tokens for Lowtide Press, @lowtide are revoked');
  });

  const end = async (outcome: DisconnectOutcome, services = [birdsong]) => {
    show({ onDisconnect: () => Promise.resolve(outcome), services });
    await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
  };

  it.each<[string, ConnectionStatus | undefined]>([
    ['connected', undefined],
    ['ended', { kind: 'needs-sign-in', reason: 'token-refused', at: NOW }],
  ])('mentions posts only if some are sent through it: %s', async (_state, status) => {
    show({ connections: [connectionView(status && { status })], takesPosts: () => false });
    const dialog = await ask();
    expect(dialog.textContent).toContain('Your data at Birdsong isn’t affected.');
    expect(dialog.textContent).not.toMatch(/post|draft/i);
  });

  it('says when no token was left to revoke', async () => {
    await end({ kind: 'nothing-to-revoke' });
    expect(await screen.findByText('Birdsong account disconnected.')).toBeDefined();
    expect(document.activeElement?.textContent).toContain('nothing left to revoke for');
  });

  it.each([
    ['grant-refused', 'already ended this sign-in', 'nothing left to revoke for'],
    ['client-unknown', 'no longer recognises this app', 'couldn’t be asked to revoke'],
    ['token-refused', 'rejected the token', 'couldn’t be asked to revoke'],
    ['record-damaged', 'couldn’t be read', 'couldn’t be asked to revoke'],
  ] as const)('says what may remain at the service after the sign-in has ended: %s', async (reason, before, after) => {
    const kind = reason === 'record-damaged' ? 'unconfirmed' : 'nothing-to-revoke';
    const accessUrl = 'https://planner.example/access';
    show({
      connections: [connectionView({ status: { kind: 'needs-sign-in', reason, at: NOW - DAY } })],
      services: [{ ...birdsong, accessUrl }],
      onDisconnect: () => Promise.resolve({ kind }),
    });
    const dialog = await ask();
    expect(dialog.textContent).toContain(before);
    expect(dialog.textContent?.includes('ccess may still be active')).toBe(reason !== 'grant-refused');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => expect(document.activeElement?.textContent).toContain(after));
    expect(screen.queryByRole('link', { name: 'Birdsong’s controls' })?.getAttribute('href')).toBe(
      reason === 'grant-refused' ? undefined : accessUrl,
    );
  });

  it('says when the server did not confirm, how long the token may work, and where to end access (REV-3)', async () => {
    const worksUntil = NOW + 600_000;
    await end({ kind: 'unconfirmed', worksUntil }, [{ ...birdsong, accessUrl: 'https://planner.example/access' }]);
    expect(await screen.findByText('Birdsong account removed from this browser.')).toBeDefined();
    const notice = document.activeElement;
    expect(notice?.textContent).toContain('didn’t confirm that the tokens for Lowtide Press, @lowtide');
    expect(notice?.textContent).toContain(`Access may continue until ${formatWhen(worksUntil, NOW)}.`);
    const link = screen.getByRole('link', { name: 'Birdsong’s controls' });
    expect(link.getAttribute('href')).toBe('https://planner.example/access');
  });

  it('D5: promises no request where the service offers no revocation, before and after', async () => {
    const details = { ...connectionView().details!, offersRevocation: false };
    const outcome: DisconnectOutcome = { kind: 'unconfirmed', because: 'not-offered' };
    show({ connections: [connectionView({ details })], onDisconnect: () => Promise.resolve(outcome) });
    const dialog = await ask();
    expect(dialog.textContent).toContain('Birdsong offers no way to revoke them from here');
    expect(dialog.textContent).not.toContain('asks Birdsong');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    expect(document.body.textContent).toContain('offers no way to revoke the tokens for');
    expect(document.body.textContent).not.toMatch(/didn’t confirm|asks Birdsong/);
  });

  describe('E1: what the server did not confirm, after a reload', () => {
    const service = { id: 'birdsong', name: 'Birdsong', resource: 'https://birdsong.example/' };
    const identity = { issuer: 'https://birdsong.example', subject: '1', name: 'Lowtide Press', username: 'lowtide' };
    const report = (asksAgain: boolean) => ({
      id: 'gone',
      service,
      identity,
      outcome: { kind: 'unconfirmed' as const, ...(asksAgain && { asksAgain: true as const }) },
    });

    it.each([
      [true, undefined, 'asks Birdsong again automatically'],
      [true, 'confirmed' as const, 'has now confirmed that the tokens for Lowtide Press, @lowtide'],
      [true, 'refused' as const, 'has now been reached, but didn’t revoke the tokens for'],
      [false, undefined, 'didn’t confirm that the tokens for Lowtide Press, @lowtide'],
    ])('stays listed until the user closes it (asks again: %s, since: %s)', async (asksAgain, since, text) => {
      const { onDismissReport } = show({
        connections: [],
        unconfirmed: [report(asksAgain)],
        revocationResults: new Map(since && [['gone', since]]),
      });
      expect(document.body.textContent).toContain(text);
      await userEvent.click(screen.getByRole('button', { name: 'Close' }));
      expect(onDismissReport).toHaveBeenCalledWith('gone');
    });

    it('is not listed twice while the page still shows the disconnect itself', async () => {
      const outcome: DisconnectOutcome = { kind: 'unconfirmed', asksAgain: true };
      const { update, onDismissReport } = show({ onDisconnect: () => Promise.resolve(outcome) });
      await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
      update({ unconfirmed: [{ ...report(true), id: 'c1' }] });
      expect(screen.getAllByText(/asks Birdsong again automatically/)).toHaveLength(1);
      await userEvent.click(screen.getByRole('button', { name: 'Close' }));
      expect(onDismissReport).toHaveBeenCalledWith('c1');
    });
  });

  it.each([
    ['confirmed', 'Birdsong account disconnected.', 'has now confirmed that the tokens for'],
    [
      'refused',
      'Birdsong account removed from this browser.',
      'has now been reached, but didn’t revoke the tokens for',
    ],
  ] as const)('REV-3: retries, and shows the result: %s', async (verdict, title, said) => {
    const outcome: DisconnectOutcome = { kind: 'unconfirmed', worksUntil: NOW + 600_000, asksAgain: true };
    const { update } = show({ onDisconnect: () => Promise.resolve(outcome) });
    await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
    expect(await screen.findByText(/asks Birdsong again automatically/)).toBeDefined();
    update({ revocationResults: new Map([['another', verdict]]) });
    expect(screen.getByText(/asks Birdsong again automatically/)).toBeDefined();
    update({ revocationResults: new Map([['c1', verdict]]) });
    expect(screen.getByText(title)).toBeDefined();
    const notice = screen.getByText(new RegExp(said)).textContent;
    expect(notice).not.toContain('asks Birdsong again');
    expect(/may continue until/.test(notice)).toBe(verdict === 'refused');
  });

  it('REV-2: says how long the token works after an ineffective revocation', async () => {
    const worksUntil = NOW + 600_000;
    await end({ kind: 'ineffective', worksUntil });
    expect(await screen.findByText(/but one still worked afterwards/)).toBeDefined();
    expect(document.activeElement?.textContent).toContain(`Access continues until ${formatWhen(worksUntil, NOW)}.`);
  });

  it.each(['bound-token-refused', 'binding-dropped', 'key-lost'] as const)(
    'says that the service is asked to revoke what remains of a sign-in that ended for %s',
    async (reason) => {
      show({
        connections: [connectionView({ status: { kind: 'needs-sign-in', reason, at: NOW } })],
        onDisconnect: () => new Promise<never>(() => undefined),
      });
      await userEvent.click(within(await ask()).getByRole('button', { name: 'Disconnect' }));
      expect(screen.getByRole('dialog').textContent).toContain('Asking Birdsong to revoke the tokens…');
    },
  );

  it('omits an unknown time and an unknown page', async () => {
    await end({ kind: 'unconfirmed' });
    expect(await screen.findByText(/Access may continue\./)).toBeDefined();
    expect(screen.queryByRole('link', { name: 'Birdsong’s controls' })).toBeNull();
  });

  it('stays open and says so if this browser could not finish it', async () => {
    show({ onDisconnect: () => Promise.reject(new Error('storage is gone')) });
    const dialog = await ask();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => {
      expect(within(dialog).getByRole('alert').textContent).toBe(
        'This browser couldn’t finish. Anything still listed here is still connected.',
      );
    });
  });

  it('does not run twice, and keeps waiting after the connection has left the list', async () => {
    let finish = (_outcome: DisconnectOutcome): void => {};
    const onDisconnect = vi.fn(
      () =>
        new Promise<DisconnectOutcome>((resolve) => {
          finish = resolve;
        }),
    );
    const { update } = show({ onDisconnect });
    const dialog = await ask();
    const confirm = within(dialog).getByRole('button', { name: 'Disconnect' });
    await userEvent.click(confirm);
    await userEvent.click(confirm);
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog', { name: 'Disconnecting Birdsong' })).toBe(dialog);
    expect(within(dialog).queryByRole('button', { name: 'Cancel' })).toBeNull();
    expect(onDisconnect).toHaveBeenCalledOnce();
    update({ connections: [] });
    expect(screen.queryByRole('article')).toBeNull();
    expect(screen.getByRole('dialog').textContent).toContain('Asking Birdsong to revoke the tokens…');
    expect(screen.getByRole('dialog').textContent).toContain('Lowtide Press, @lowtide');
    finish({ kind: 'revoked' });
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(document.activeElement?.textContent).toContain('Birdsong account disconnected.');
  });
});

describe('logging out at the provider too (REV-5)', () => {
  const offer = (hasReturnUri: boolean) => ({
    findSignOut: () => Promise.resolve({ host: 'login.birdsong.example', hasReturnUri }),
  });
  const ask = async () => {
    await userEvent.click(within(card()).getByRole('button', { name: `Disconnect ${ACCOUNT}` }));
    return screen.findByRole('dialog', { name: 'Disconnect Birdsong?' });
  };

  it('is not offered if the provider does not support it', async () => {
    show();
    expect(within(await ask()).queryByRole('checkbox')).toBeNull();
  });

  it('is not selected by default, and says what it does', async () => {
    const { onDisconnect } = show(offer(true));
    const dialog = await ask();
    const choice = within(dialog).getByRole<HTMLInputElement>('checkbox', {
      name: 'Also sign out at login.birdsong.example',
    });
    expect(choice.checked).toBe(false);
    expect(dialog.textContent).toContain('for other apps too. It brings you back here.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    expect(onDisconnect).toHaveBeenCalledWith('c1', { signsOut: false });
    expect(document.activeElement?.textContent).not.toContain('sign out at');
  });

  it('says in advance if the provider will not redirect back', async () => {
    show(offer(false));
    expect((await ask()).textContent).toContain('It won’t bring you back.');
  });

  it('follows the disconnect if selected', async () => {
    const { onDisconnect } = show(offer(true));
    const dialog = await ask();
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disconnect and sign out' }));
    expect(onDisconnect).toHaveBeenCalledWith('c1', { signsOut: true });
    await waitFor(() => {
      expect(document.activeElement?.textContent).toContain('Next, you sign out at login.birdsong.example');
    });
  });

  it.each([
    [
      'ledBack',
      'You’re back from the sign-out page of login.birdsong.example. Unless you cancelled there, you’re signed out.',
    ],
    ['unknown', 'It isn’t known whether you’re signed out at login.birdsong.example.'],
  ] as const)('shows the result once the user is back: %s', async (progress, sentence) => {
    const { service, identity } = connectionView();
    const { onForgetSignOut } = show({
      connections: [],
      isBackFromSignOut: true,
      signedOut: {
        service,
        ...(identity && { identity }),
        outcome: { kind: 'unconfirmed' },
        signOut: { host: 'login.birdsong.example', progress },
      },
    });
    expect(document.activeElement?.textContent).toContain('didn’t confirm');
    expect(document.activeElement?.textContent).toContain(sentence);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onForgetSignOut).toHaveBeenCalledOnce();
  });
});

describe('a service that now names another authorization server (DISC-5)', () => {
  const change = { from: 'https://login.birdsong.example', to: ['https://xn--hfen-loa.example/tenant'] };
  const ended: ConnectionStatus = { kind: 'needs-sign-in', reason: 'server-changed', change, at: NOW - DAY };

  it('says so, with the old and the new host in punycode, and goes there only after a click (UI-1)', async () => {
    const { onApproveServer, onReconnect } = show({ connections: [connectionView({ status: ended })] });
    expect(card().textContent).toContain('Birdsong rejected the token');
    expect(card().textContent).toContain('You signed in at login.birdsong.example.');
    expect(card().textContent).toContain('xn--hfen-loa.example');
    expect(card().textContent).toContain('reads as häfen.example.');
    expect(card().textContent).toContain('In full: https://xn--hfen-loa.example/tenant');
    expect(onApproveServer).not.toHaveBeenCalled();
    // Reconnecting to the old server is not offered.
    expect(within(card()).queryByRole('button', { name: /Reconnect/ })).toBeNull();
    await userEvent.click(within(card()).getByRole('button', { name: 'Sign in at xn--hfen-loa.example' }));
    expect(onApproveServer).toHaveBeenCalledWith('c1', 'https://xn--hfen-loa.example/tenant');
    expect(onReconnect).not.toHaveBeenCalled();
  });

  it('shows each of several servers, and selects none (DISC-6)', () => {
    const both = { ...change, to: ['https://a.example', 'https://b.example'] };
    show({ connections: [connectionView({ status: { ...ended, change: both } })] });
    expect(within(card()).getByRole('button', { name: 'Sign in at a.example' })).toBeDefined();
    expect(within(card()).getByRole('button', { name: 'Sign in at b.example' })).toBeDefined();
  });

  it('links to no server if the deployer has configured the server', () => {
    show({ connections: [connectionView({ status: ended })], isServerFixed: () => true });
    expect(card().textContent).toContain('is configured to sign in at login.birdsong.example only');
    expect(within(card()).queryByRole('button', { name: /^Sign in at/ })).toBeNull();
  });

  it('says the same if it is detected at a reconnect, which stays possible', () => {
    const attempt = {
      kind: 'failed',
      serviceId: 'birdsong',
      connectionId: 'c1',
      code: 'server-changed',
      change,
    } as const;
    show({ attempt });
    expect(card().textContent).toContain('You signed in at login.birdsong.example.');
    expect(within(card()).getByRole('button', { name: 'Sign in at xn--hfen-loa.example' })).toBeDefined();
    expect(reconnect()).toBeDefined();
  });

  it('is disconnected with a note about the tokens of the old server', async () => {
    show({ connections: [connectionView({ status: ended })] });
    await userEvent.click(within(card()).getByRole('button', { name: /^Disconnect/ }));
    expect((await screen.findByRole('dialog')).textContent).toContain(
      'if possible, asks the old server to revoke them',
    );
  });
});

describe('all kinds of services', () => {
  const notices = { ...birdsong, id: 'notices', name: 'Notices' };

  it('have a button each, which says whether an account is already connected', () => {
    show({ services: [birdsong, notices] });
    expect(screen.getByRole('button', { name: 'Connect another Birdsong account' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Connect Notices' })).toBeDefined();
  });

  it('can be removed from the list if nothing is connected', () => {
    const { onRemove } = show({ services: [birdsong, notices], removable: ['notices'] });
    fireEvent.click(screen.getByRole('button', { name: 'Remove Notices' }));
    expect(onRemove).toHaveBeenCalledWith('notices');
    expect(screen.queryByRole('button', { name: 'Remove Birdsong' })).toBeNull();
  });

  it('offer to register again after an abandoned sign-in, on request', () => {
    const { onConnect } = show({ abandoned: ['birdsong'] });
    expect(screen.getByText('Your last sign-in to Birdsong wasn’t finished.')).toBeDefined();
    expect(onConnect).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Register again and connect' }));
    expect(onConnect).toHaveBeenCalledWith('birdsong', { isForgotten: true });
  });

  it('show their icon in the button and on the card (services.json)', () => {
    const icon = 'https://planner.example/notices.svg';
    const pictured = { ...birdsong, id: 'notices', name: 'Notices', icon };
    show({ services: [pictured, birdsong], connections: [connectionView({ service: pictured })] });
    const pictureIn = (element: HTMLElement) => element.querySelector('img')?.getAttribute('src');
    expect(pictureIn(screen.getByRole('article'))).toBe(icon);
    expect(pictureIn(screen.getByRole('button', { name: 'Connect another Notices account' }))).toBe(icon);
    expect(pictureIn(screen.getByRole('button', { name: 'Connect Birdsong' }))).toBeUndefined();
  });

  it('are not called a demo network or account-free, except for Birdsong', () => {
    const { update } = show({ services: [{ ...birdsong, id: 'notices', name: 'Notices' }], connections: [] });
    expect(screen.getByText('Start with Notices. You sign in on its own page.')).toBeDefined();
    update({ services: [birdsong], connections: [] });
    expect(screen.getByText(/^Start with Birdsong, the demo network/)).toBeDefined();
  });

  it('show the maximum post length in their connection’s details, if services.json has one', () => {
    const limited = { ...birdsong, limits: { characters: 1500 } };
    const { update } = show({ services: [limited] });
    expect(screen.getByText('Up to 1,500 characters per post.')).toBeDefined();
    update({ services: [birdsong] });
    expect(screen.queryByText(/characters per post/)).toBeNull();
  });

  describe('services with a typed client id', () => {
    const own = { ...birdsong, id: 'quay', name: 'Quay', clientId: 'planer-7' };
    const typedClientIds = [own.id];
    const changing = (name = 'Change client ID') => screen.getByRole('link', { name }).getAttribute('href');

    it('can have it changed from the list, without being removed', () => {
      show({ services: [birdsong, own], removable: [own.id], typedClientIds });
      expect(changing('Change Quay’s client ID')).toBe('/services/quay/client-id');
    });

    it('offer to change it once after an abandoned sign-in', () => {
      show({ services: [birdsong, own], abandoned: [own.id], removable: [own.id], typedClientIds });
      expect(screen.getAllByRole('link', { name: /client ID/ })).toHaveLength(1);
    });

    it('offer to change it after an abandoned sign-in, not to register', () => {
      show({ services: [birdsong, own], abandoned: [own.id], typedClientIds });
      expect(screen.getByText('Your last sign-in to Quay wasn’t finished.')).toBeDefined();
      expect(changing()).toBe('/services/quay/client-id');
      expect(screen.queryByRole('button', { name: 'Register again and connect' })).toBeNull();
    });

    it('can have it changed from their connection’s details, for that connection', () => {
      const connection = connectionView({ service: own });
      show({ services: [own], connections: [connection], typedClientIds });
      fireEvent.click(screen.getByText('Details'));
      expect(changing()).toBe('/services/quay/client-id?connection=c1');
    });

    it('can have it changed next to Reconnect, once the server does not know it', () => {
      const status: ConnectionStatus = { kind: 'needs-sign-in', reason: 'client-unknown', at: NOW };
      const { details: _none, ...ended } = connectionView({ service: own, status });
      show({ services: [own], connections: [ended], typedClientIds });
      expect(changing()).toBe('/services/quay/client-id?connection=c1');
    });

    it('cannot have it changed if services.json sets it', () => {
      show({ services: [own], connections: [connectionView({ service: own })], abandoned: [own.id] });
      expect(screen.queryByRole('link', { name: /client ID/ })).toBeNull();
      expect(screen.queryByText(/wasn’t finished/)).toBeNull();
    });
  });

  it('with a configuration error are reported by line and field', () => {
    show({ problems: [{ line: 12, field: 'services[1].issuer', message: 'This must be an https address.' }] });
    expect(screen.getByText(/Line 12, services\[1\]\.issuer/)).toBeDefined();
  });

  it('can be added if the deployer allows it', () => {
    show({ addServicePath: '/services/new' });
    expect(screen.getByRole('link', { name: 'Add a service' }).getAttribute('href')).toBe('/services/new');
  });
});
