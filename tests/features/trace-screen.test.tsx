import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { TraceScreen } from '#features/inspector/trace-screen.tsx';
import type { TraceBody, TraceEvent, TraceStep } from '#trace/event.ts';
import { flow, HOUR, NOW } from '#tests/support/views.ts';

const request = (step: string, method = 'GET', url = 'https://api.example/me?x=1'): TraceStep => ({
  type: 'request',
  step,
  method,
  url,
  headers: [['authorization', 'Bearer ••••']],
});
const response = (to: number, step: string, status: number): TraceStep => ({
  type: 'response',
  step,
  request: to,
  status,
  headers: [['content-type', 'application/json']],
  ms: 38,
});

/** A form for a POST's request, JSON for any answer. */
const bodyOf = (id: number): TraceBody =>
  id % 2 === 1 ? { kind: 'form', fields: [['code', '••••']] } : { kind: 'json', text: '{"ok":true}' };

function show(events: readonly TraceEvent[]) {
  const calls = { onClear: vi.fn(), onConnect: vi.fn() };
  render(<TraceScreen trace={{ events, bodyOf }} {...calls} />);
  return calls;
}

const flowNamed = (name: string) => screen.getByRole('article', { name });
const rows = (name: string) => within(flowNamed(name)).getAllByRole('listitem');

describe('the flow inspector', () => {
  it('says where there is nothing yet, and offers to connect', async () => {
    const { onConnect } = show([]);
    expect(screen.getByRole('heading', { name: 'No flows yet' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Connect Birdsong' }));
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it('shows the newest flow first, each with its service, steps, duration and end', () => {
    show([
      ...flow('a', 'connect', NOW - HOUR, [request('server-metadata'), response(1, 'server-metadata', 200)], 1),
      ...flow('b', 'refresh', NOW, [request('refresh', 'POST'), response(3, 'refresh', 400)], 3),
    ]);
    const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
    expect(titles).toEqual(['Refresh Birdsong', 'Connect Birdsong']);
    expect(flowNamed('Refresh Birdsong').textContent).toContain('Failed · 1 step · 100 ms');
    expect(flowNamed('Connect Birdsong').textContent).toContain('1 step · 100 ms');
    expect(flowNamed('Connect Birdsong').textContent).not.toContain('Failed');
  });

  it('sets a request beside its answer and keeps both open to read', async () => {
    show(flow('a', 'connect', NOW, [request('token-exchange', 'POST'), response(1, 'token-exchange', 200)]));
    const [row] = rows('Connect Birdsong');
    expect(row?.querySelector('summary')?.textContent).toMatch(/POST \/me\?x=1200 38 ms$/);
    expect(row?.querySelector('details')?.open).toBe(false);
    await userEvent.click(screen.getByText('POST /me?x=1'));
    expect(row?.querySelector('details')?.open).toBe(true);
    expect(row?.textContent).toContain('The code becomes tokens.');
    expect(row?.textContent).toContain('RFC 7636 §4.5');
    expect(row?.textContent).toContain('https://api.example/me?x=1');
    expect(row?.textContent).toContain('Bearer ••••');
    expect(row?.textContent).toContain('code••••');
    expect(row?.textContent).toContain('{"ok":true}');
  });

  it('says that an answer is awaited, and that none came', () => {
    show([
      ...flow('a', 'call', NOW, [request('publish', 'POST')], 1),
      ...flow(
        'b',
        'refresh',
        NOW,
        [
          request('refresh', 'POST'),
          { type: 'request-failed', step: 'refresh', request: 10, reason: 'Failed to fetch', ms: 5 },
        ],
        10,
      ),
    ]);
    expect(flowNamed('Call Birdsong').textContent).toContain('no answer yet');
    expect(flowNamed('Refresh Birdsong').textContent).toContain('no answer');
    expect(flowNamed('Refresh Birdsong').textContent).toContain('Failed to fetch');
    expect(flowNamed('Refresh Birdsong').textContent).toContain('Failed ·');
  });

  it('says each rule in words, with what was expected and what came', () => {
    show(
      flow('a', 'connect', NOW, [
        { type: 'check', rule: 'pkce-is-supported', outcome: 'passed' },
        { type: 'check', rule: 'issuer-matches', outcome: 'failed', expected: 'https://a', actual: 'https://b' },
        { type: 'check', rule: 'a-rule-of-tomorrow', outcome: 'passed' },
      ]),
    );
    const [pkce, issuer, unknown] = rows('Connect Birdsong').map(({ textContent }) => textContent);
    expect(pkce).toMatch(/The server supports PKCE with S256passed.*RFC 9700/);
    expect(issuer).toMatch(/The server names itself as it was asked forfailed.*https:\/\/a.*https:\/\/b/);
    expect(unknown).toContain('a-rule-of-tomorrow');
    expect(flowNamed('Connect Birdsong').textContent).toContain('Failed ·');
  });

  it('shows the page leaving and coming back, and a token taken over from another tab', () => {
    show(
      flow('a', 'connect', NOW, [
        { type: 'redirect-out', url: 'https://as.example/authorize', parameters: [['code_challenge_method', 'S256']] },
        { type: 'redirect-back', url: 'https://app.example/callback', parameters: [['error', 'access_denied']] },
        { type: 'token-adopted' },
      ]),
    );
    const [out, back, adopted] = rows('Connect Birdsong').map(({ textContent }) => textContent);
    expect(out).toMatch(/The page leaves for Birdsong.*code_challenge_methodS256/);
    expect(back).toMatch(/The page comes back with the answer.*access_denied/);
    expect(adopted).toContain('Another tab had refreshed');
    expect(flowNamed('Connect Birdsong').textContent).toContain('Failed ·');
  });

  it('does not call the first refusal a failure: it is what the flow begins with', () => {
    show(flow('a', 'connect', NOW, [request('unauthorized-call'), response(1, 'unauthorized-call', 401)]));
    expect(flowNamed('Connect Birdsong').textContent).not.toContain('Failed');
  });

  it('clears', async () => {
    const { onClear } = show(flow('a', 'call', NOW, [{ type: 'token-adopted' }]));
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(onClear).toHaveBeenCalledOnce();
  });
});
