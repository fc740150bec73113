import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { TraceScreen, type TraceScreenProps } from '#features/inspector/trace-screen.tsx';
import type { Trace } from '#trace/event.ts';
import { busyTrace, check, exchange, SIGN_IN, traceOf } from '#tests/support/shown-traces.ts';

/** The screen reads this device's clock. */
const NOW = Date.now();

function show(trace: Trace, props: Partial<TraceScreenProps> = {}) {
  const { rerender } = render(<TraceScreen trace={trace} {...props} />);
  return (next: Trace, nextProps: Partial<TraceScreenProps> = props) =>
    rerender(<TraceScreen trace={next} {...nextProps} />);
}
const one = (steps: Parameters<typeof traceOf>[0][string]['steps'], kind: 'call' | 'connect' | 'refresh' = 'call') =>
  traceOf({ a: { kind, startsAt: NOW, steps } });

const flows = () => within(screen.getByRole('navigation', { name: 'Flows' })).getAllByRole('button');
const flowTexts = () => flows().map(({ textContent }) => textContent);
const steps = () => within(screen.getByRole('list', { name: 'Steps of the flow' })).getAllByRole('button');
const stepNames = () => steps().map((step) => step.getAttribute('aria-label'));
const detail = () => screen.getByRole('region', { name: 'Selected step' });
const heading = () => within(detail()).getByRole('heading', { level: 2 }).textContent;
const row = (name: string) => within(detail()).getByRole('rowheader', { name }).closest('tr')?.textContent;

describe('the flow inspector', () => {
  it('says that there is nothing yet, and offers to connect', async () => {
    const onConnect = vi.fn();
    show({ events: [], bodyOf: () => undefined }, { onConnect, actions: { onClear: vi.fn(), onExport: vi.fn() } });
    expect(screen.getByRole('heading', { name: 'No flows yet' })).toBeDefined();
    for (const name of ['Clear', 'Pause', 'HAR']) expect(screen.queryByRole('button', { name })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Connect Birdsong' }));
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it('lists the flows by day, newest first, with service, steps, duration, cause, and failure', () => {
    show(busyTrace(NOW));
    expect(flowTexts()).toEqual([
      expect.stringMatching(/^Step-up.*Birdsong · 6 steps · 700 ms$/),
      expect.stringMatching(/^Refresh.*Birdsong for API call · 3 steps · 300 ms$/),
      expect.stringMatching(/^API call.*Birdsong · 2 steps · 300 ms$/),
      expect.stringMatching(/^Connect.*Birdsong · 22 steps · 2.8 s$/),
      expect.stringMatching(/^Refresh.*Harbour API · Failed: invalid_grant$/),
    ]);
    expect(flows()[0]?.getAttribute('aria-current')).toBe('true');
  });

  it('draws the steps between the parties, each with a text alternative', () => {
    show(one(SIGN_IN, 'connect'));
    expect(stepNames().slice(0, 3)).toEqual([
      '1. GET /birdsong/api/posts, Content Planner to Resource server, 401 rejected, as expected',
      '2. GET /.well-known/oauth-protected-resource/birdsong/api, Content Planner to Resource server, 200 Fetch resource metadata',
      '3. Resource match, in Content Planner, passed',
    ]);
    expect(stepNames().slice(8, 11)).toEqual([
      expect.stringContaining('Save to storage'),
      '10. GET /birdsong/authorize, Content Planner to Authorization server, Redirect to Birdsong',
      '11. GET /callback?code=…, Authorization server to Content Planner, Return to the app',
    ]);
  });

  it('has a table with the same content as the diagram', async () => {
    show(one(exchange('refresh', { method: 'POST', url: 'https://as.example/token', by: 'worker' }), 'refresh'));
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
    const table = screen.getByRole('table', { name: 'Steps of the flow' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Step', 'What', 'From and to', 'Result', 'Time']);
    const [, first] = within(table).getAllByRole('row');
    expect(first?.textContent).toMatch(
      /^1Refresh the access tokenPOST \/tokenthe service worker to Authorization server200 .*41 ms$/,
    );
  });

  it('explains the selected step: its purpose, its specification, and what would go wrong without it', () => {
    show(one(exchange('token-request', { method: 'POST' }), 'connect'));
    expect(heading()).toBe('Exchange the code for tokens');
    expect(detail().textContent).toContain('A stolen code is useless without the verifier');
    expect(detail().textContent).toContain('Without this step');
    const link = within(detail()).getByRole('link', { name: /RFC 7636 §4.5/ });
    expect(link.getAttribute('href')).toBe('https://www.rfc-editor.org/rfc/rfc7636#section-4.5');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link.getAttribute('target')).toBe('_blank');
  });

  it('explains every parameter, header and member of a request and response', async () => {
    show(one(SIGN_IN, 'connect'));
    await userEvent.click(screen.getByRole('button', { name: /POST \/birdsong\/token/ }));
    expect(row('grant_type')).toBe(
      'grant_typeauthorization_codeWhat is exchanged for tokens: a code, or a refresh token',
    );
    expect(row('dpop')).toContain('made for this request only');
    expect(row('expires_in')).toMatch(/from the response: 60 s$/);
    expect(row('code_verifier')).toContain('••••••9xKehidden, 43 characters');
  });

  it('decodes tokens with the meaning of their claims and the checks they passed, and marks opaque ones', async () => {
    show(one(SIGN_IN, 'connect'));
    await userEvent.click(screen.getByRole('button', { name: /POST \/birdsong\/token/ }));
    await userEvent.click(screen.getByRole('tab', { name: 'Token' }));
    const token = (name: string) => within(detail()).getByRole('article', { name });
    expect(token('Access token').textContent).toContain('This browser’s'.toLowerCase());
    expect(token('Access token').textContent).toContain('Decoded for reading, not verified.');
    expect(token('Access token').textContent).toContain('Token binding (DPoP): passed');
    expect(token('ID token').textContent).toContain('ID token signature: passed');
    expect(token('Refresh token').textContent).toContain('Opaque token');
    expect(token('DPoP proof').textContent).toContain('The request method it is valid for');
  });

  it('shows the cause of a failure and what helps', () => {
    show(one([check('issuer-matches', 'failed', 'https://a.example', 'https://b.example'), ...exchange('api-call')]));
    expect(heading()).toBe('Issuer match');
    expect(detail().textContent).toContain('names a different issuer');
    expect(detail().textContent).toContain('Fix:');
    expect(detail().textContent).toContain('https://b.example');
  });

  it('shows an unknown rule and step by their names', () => {
    show(one([check('a-rule-of-tomorrow'), ...exchange('step-of-tomorrow')]));
    expect(stepNames()[0]).toContain('a-rule-of-tomorrow');
    expect(heading()).toBe('Send a request');
  });

  it('shows a pending response, and why none came', () => {
    const rerender = show(one(exchange('refresh', { status: 'none' })));
    expect(stepNames()[0]).toContain('no response yet');
    expect(screen.getByRole('heading', { name: 'Now' })).toBeDefined();
    rerender(one(exchange('refresh', { status: 'timed-out' })));
    expect(stepNames()[0]).toContain('no response, timed-out');
    expect(detail().textContent).toContain('No response in time.');
  });

  it('follows new events until a step is selected', async () => {
    const started = [...exchange('server-metadata'), check('issuer-matches')];
    const rerender = show(one(started, 'connect'));
    expect(heading()).toBe('Issuer match');
    rerender(one([...started, check('pkce-is-supported')], 'connect'));
    expect(heading()).toBe('PKCE support (S256)');
    await userEvent.click(steps()[0] ?? document.body);
    rerender(one([...started, check('pkce-is-supported'), ...exchange('registration')], 'connect'));
    expect(heading()).toBe('Fetch server metadata');
  });

  it('links from a call to its refresh, and back', async () => {
    show(busyTrace(NOW));
    await userEvent.click(flows()[2] ?? document.body);
    await userEvent.click(screen.getByRole('button', { name: /^Led to: Refresh/ }));
    expect(screen.getByRole('heading', { name: 'Refresh Birdsong' })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: /^Needed for: API call/ }));
    expect(screen.getByRole('heading', { name: 'Call Birdsong' })).toBeDefined();
  });
});

describe('by keyboard', () => {
  it('moves through the steps with arrows, J and K, and opens and closes a step with Enter and Escape', async () => {
    show(one(SIGN_IN, 'connect'));
    await userEvent.click(steps()[0] ?? document.body);
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(steps()[1]);
    expect(heading()).toBe('Fetch resource metadata');
    await userEvent.keyboard('jj');
    expect(document.activeElement).toBe(steps()[3]);
    await userEvent.keyboard('k{Home}{End}');
    expect(document.activeElement).toBe(steps().at(-1));
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement?.textContent).toBe('Save to storage');
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.activeElement).toBe(steps().at(-1)));
  });

  it('has one tab stop for the steps and one for the tabs, with arrow keys inside', async () => {
    show(one(exchange('api-call')));
    expect(steps().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    await userEvent.click(screen.getByRole('tab', { name: 'Exchange' }));
    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByRole('tab', { name: 'Timing' }).getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Timing' }));
    expect(screen.getByRole('tabpanel', { name: 'Timing' }).textContent).toContain('Waiting time');
  });
});

describe('secrets', () => {
  const trace = one(SIGN_IN, 'connect');
  const openExchange = () => userEvent.click(screen.getByRole('button', { name: /POST \/birdsong\/token/ }));

  it('cannot be revealed if they are unavailable', async () => {
    show(trace);
    await openExchange();
    expect(screen.queryByRole('button', { name: /^Reveal/ })).toBeNull();
  });

  it('are shown one at a time after a confirmation, and hidden again when another step is selected', async () => {
    const onReveal = vi.fn(() => Promise.resolve<string | undefined>('live-value'));
    show(trace, { actions: { onReveal } });
    await openExchange();
    await userEvent.click(screen.getByRole('button', { name: 'Reveal code' }));
    expect(onReveal).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(onReveal).toHaveBeenCalledWith(
      trace.events.find(({ id }) => id === 18),
      'code',
      '••••••f3Qa (43 characters)',
    );
    expect(row('code')).toContain('live-value');
    expect(row('code_verifier')).not.toContain('live-value');
    await userEvent.click(screen.getByRole('button', { name: 'Reveal code_verifier' }));
    expect(row('code_verifier')).toContain('live-value');
    await userEvent.keyboard('{Home}');
    await userEvent.click(steps()[0] ?? document.body);
    await openExchange();
    expect(detail().textContent).not.toContain('live-value');
  });

  it('are reported as no longer stored', async () => {
    show(trace, { actions: { onReveal: () => Promise.resolve(undefined) } });
    await openExchange();
    await userEvent.click(screen.getByRole('button', { name: 'Reveal code' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(row('code')).toContain('No longer stored');
  });

  it('stay hidden if the user declines', async () => {
    const onReveal = vi.fn(() => Promise.resolve('live-value'));
    show(trace, { actions: { onReveal } });
    await openExchange();
    await userEvent.click(screen.getByRole('button', { name: 'Reveal code' }));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onReveal).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reveal code' }));
  });
});

describe('the trace as a whole', () => {
  it('can be cleared, exported and opened if that is offered', async () => {
    const [onClear, onExport, onImport] = [vi.fn(), vi.fn(), vi.fn()];
    show(one(exchange('api-call')), { actions: { onClear, onExport, onImport } });
    await userEvent.click(screen.getByRole('button', { name: 'Markdown' }));
    expect(onExport).toHaveBeenCalledWith('report');
    const file = new File(['{}'], 'trace.json', { type: 'application/json' });
    const input = document.querySelector('input[type="file"]');
    if (input instanceof HTMLInputElement) await userEvent.upload(input, file);
    expect(onImport).toHaveBeenCalledWith(file);
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(onClear).toHaveBeenCalledOnce();
  });

  it('stops updating while paused, and says how many events are new', async () => {
    const rerender = show(one(exchange('api-call')));
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    rerender(one([...exchange('api-call'), ...exchange('api-call')]));
    expect(screen.getByText('View paused. 2 new events since.')).toBeDefined();
    expect(steps()).toHaveLength(1);
    await userEvent.keyboard('p');
    expect(steps()).toHaveLength(2);
  });

  it('from a file is read-only, and says so', async () => {
    const onClose = vi.fn();
    show(one(exchange('api-call', { status: 'none' })), { imported: { name: 'trace.json', onClose } });
    expect(screen.getByText('Viewing “trace.json”.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Now' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Back to this tab’s trace' }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('announces new events to screen readers after a pause', () => {
    vi.useFakeTimers();
    try {
      const rerender = show(one(exchange('api-call')));
      rerender(one([...exchange('api-call'), ...exchange('api-call')]));
      expect(screen.queryByText('Call Birdsong: 2 steps so far.')).toBeNull();
      act(() => void vi.advanceTimersByTime(2_000));
      expect(screen.getByText('Call Birdsong: 2 steps so far.').closest('[role="status"]')).not.toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('step by step', () => {
  const tag = { flow: 'a', kind: 'connect', service: 'Birdsong' } as const;
  const calls = () => ({ onStepping: vi.fn(), onNext: vi.fn() });

  it('can be turned on here, before anything has happened', async () => {
    const { onStepping, onNext } = calls();
    show({ events: [], bodyOf: () => undefined }, { stepper: { state: { kind: 'open' }, onStepping, onNext } });
    await userEvent.click(screen.getByRole('switch', { name: 'Step by step' }));
    expect(onStepping).toHaveBeenCalledWith(true);
    expect(screen.queryByRole('button', { name: 'Next step' })).toBeNull();
  });

  it('shows the held step with its number and reason, and continues by button and by N', async () => {
    const stepper = { ...calls(), state: { kind: 'stepping', paused: [{ tag, step: 'token-request' }] } as const };
    show(one([check('state-is-known'), check('response-issuer-matches')], 'connect'), { stepper });
    expect(flowTexts()[0]).toContain('paused before step 3');
    const list = screen.getByRole('list', { name: 'Steps of the flow' });
    expect(list.textContent).toContain('Paused before step 3. Nothing is sent until you continue.');
    expect(list.textContent).toContain('without the verifier, which only this tab knows');
    await userEvent.click(screen.getByRole('button', { name: 'Next step' }));
    await userEvent.keyboard('n');
    expect(stepper.onNext).toHaveBeenCalledTimes(2);
  });

  it('shows a flow that is held before its first step', () => {
    const stepper = { ...calls(), state: { kind: 'stepping', paused: [{ tag, step: 'resource-probe' }] } as const };
    show({ events: [], bodyOf: () => undefined }, { stepper });
    expect(screen.getByRole('heading', { name: 'Connect Birdsong' })).toBeDefined();
    expect(screen.getByRole('list', { name: 'Steps of the flow' }).textContent).toContain('Paused before step 1.');
  });

  it('ignores Next while nothing is held', async () => {
    const stepper = { ...calls(), state: { kind: 'stepping', paused: [] } as const };
    show(one(exchange('api-call')), { stepper });
    await userEvent.click(screen.getByRole('button', { name: 'Next step' }));
    expect(stepper.onNext).not.toHaveBeenCalled();
    expect(screen.getByText('The next step will pause here.')).toBeDefined();
  });
});
