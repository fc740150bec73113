import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { NO_LOCATION } from '#features/inspector/inspector-location.ts';
import { TraceScreen, type TraceScreenProps } from '#features/inspector/trace-screen.tsx';
import { check, exchange, traceOf } from '#tests/support/shown-traces.ts';

const NOW = Date.now();
const NOTHING = { events: [], bodyOf: () => undefined };

function show(trace: TraceScreenProps['trace'], props: Partial<TraceScreenProps> = {}) {
  const onTry = vi.fn(() => Promise.resolve<string | undefined>(undefined));
  const { unmount } = render(<TraceScreen trace={trace} demos={{ onTry, hasRefreshToken: true }} {...props} />);
  return Object.assign(onTry, { unmount });
}
const open = () => userEvent.click(screen.getByRole('button', { name: 'Attack demos' }));
const dialog = () => screen.getByRole('dialog', { name: 'What if someone attacked?' });
const tampered = (what: string) => ({ step: { type: 'tampered' as const, what, from: 'one', to: 'another' } });
const demo = (...steps: Parameters<typeof traceOf>[0][string]['steps']) =>
  traceOf({ a: { kind: 'attack-demo', startsAt: NOW - 60_000, steps } });

describe('M-16: the attack demos', () => {
  it('are offered before anything has happened, with the attack, the expected check, and its source', async () => {
    const onTry = show(NOTHING);
    await open();
    const items = within(dialog())
      .getAllByRole('listitem')
      .filter((item) => within(item).queryByRole('heading'));
    expect(items.map((item) => within(item).getByRole('heading').textContent)).toEqual([
      'Forged response (CSRF)',
      'Server mix-up',
      'Stolen code',
      'Replayed code',
      'Stolen refresh token',
    ]);
    for (const item of items) {
      expect(item.textContent).toContain('What stops it:');
      expect(within(item).getAllByRole('link').length).toBeGreaterThan(0);
    }
    await userEvent.click(screen.getByRole('button', { name: 'Try it: Stolen code' }));
    expect(onTry).toHaveBeenCalledExactlyOnceWith('missing-verifier');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('explain what a refresh token demo needs if there is no token', async () => {
    show(NOTHING, { demos: { onTry: vi.fn(), hasRefreshToken: false } });
    await open();
    expect(within(dialog()).getByText(/Connect Birdsong with/)).toBeDefined();
    expect(screen.queryByRole('button', { name: /Stolen refresh token/ })).toBeNull();
    expect(screen.getAllByRole('button', { name: /^Try it/ })).toHaveLength(4);
  });

  it('are not offered if they cannot run', () => {
    render(<TraceScreen trace={NOTHING} />);
    expect(screen.queryByRole('button', { name: 'Attack demos' })).toBeNull();
  });

  it.each([
    ['state', check('state-is-known', 'failed'), /Stopped by: Content Planner’s own check “State match/],
    [
      'code_verifier',
      exchange('token-request', { status: 400, response: { error: 'invalid_request' } }),
      /Stopped by: Birdsong’s server, which returned invalid_request/,
    ],
  ] as const)('of %s say what detected the attack, and point to that step', (what, caught, said) => {
    show(demo(tampered(what), ...[caught].flat()));
    expect(screen.getByRole('region', { name: 'Steps of the flow' }).textContent).toMatch(said);
    expect(screen.getByRole('button', { current: 'step' }).getAttribute('aria-label')).toMatch(/^2\. /);
    const detail = screen.getByRole('region', { name: 'Selected step' }).textContent;
    expect(detail).toMatch(/Attack stopped here. An attacker/);
    expect(detail).toMatch(said);
    expect(detail).not.toMatch(/Failed:|Fix:/);
    // Detected by the expected check.
    expect(screen.getByRole('navigation', { name: 'Flows' }).textContent).toMatch(/Stopped: /);
    expect(screen.getByRole('navigation', { name: 'Flows' }).textContent).not.toMatch(/Failed/);
  });

  it('report the rejection of the code as the detection, whatever else was requested', () => {
    const refused = exchange('token-request', { status: 400, response: { error: 'invalid_grant' } });
    show(demo(tampered('code'), ...refused, ...exchange('jwks', { response: { keys: [] } })));
    expect(screen.getAllByText(/Birdsong’s server, which returned invalid_grant/)).toHaveLength(2);
  });

  it('say so if nothing detected the attack', () => {
    show(demo(tampered('code'), ...[exchange('token-request', { status: 200 })].flat()));
    expect(screen.getByText('Not stopped yet.')).toBeDefined();
    expect(screen.queryByText(/Stopped by/)).toBeNull();
  });

  it('show a failure before the attack as an ordinary failure', () => {
    show(demo(...[exchange('server-metadata', { status: 500 })].flat()));
    expect(screen.getByRole('navigation', { name: 'Flows' }).textContent).toMatch(/Failed: 500/);
    expect(screen.queryByText(/topped/)).toBeNull();
  });

  it('show a demo that ends at once, whatever came after it', async () => {
    const trace = traceOf({
      tried: { kind: 'attack-demo', startsAt: NOW - 60_000, steps: [tampered('refresh_token')] },
      later: { kind: 'call', startsAt: NOW - 30_000, steps: exchange('api-call') },
    });
    const onTry = vi.fn(() => Promise.resolve('tried'));
    show(trace, { demos: { onTry, hasRefreshToken: true } });
    expect(screen.getByRole('heading', { level: 2, name: 'Call Birdsong' })).toBeDefined();
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Try it: Stolen refresh token' }));
    expect(await screen.findByRole('heading', { level: 2, name: 'Attack demo on Birdsong' })).toBeDefined();
  });

  it('do not bring back a user who has left the screen', async () => {
    let end = (_tried: string): void => undefined;
    const onTry = vi.fn(() => new Promise<string>((resolve) => (end = resolve)));
    const onFlow = vi.fn();
    const { unmount } = show(NOTHING, {
      demos: { onTry, hasRefreshToken: true },
      inspectorLocation: { ...NO_LOCATION, onFlow },
    });
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Try it: Stolen refresh token' }));
    unmount();
    await act(async () => end('tried'));
    expect(onFlow).not.toHaveBeenCalled();
  });

  it('show the demo that the user came for first', () => {
    const trace = traceOf({
      tried: {
        kind: 'attack-demo',
        startsAt: NOW - 60_000,
        steps: [tampered('iss'), ...[check('response-issuer-matches', 'failed')].flat()],
      },
      later: { kind: 'call', startsAt: NOW - 30_000, steps: exchange('api-call') },
    });
    show(trace, { inspectorLocation: { ...NO_LOCATION, at: { flow: 'tried' } } });
    expect(screen.getByRole('heading', { level: 2, name: 'Attack demo on Birdsong' })).toBeDefined();
  });
});
