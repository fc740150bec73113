import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import type { SignInOutcome } from '#connections/sign-in-outcome.ts';
import { CallbackScreen } from '#features/connect/callback-screen.tsx';
import { messages } from '#messages/en.ts';
import { NOW, service } from '#tests/support/views.ts';

type Progress = Parameters<typeof CallbackScreen>[0]['progress'];

function show(progress: Progress) {
  const onStartAgain = vi.fn();
  const onGo = vi.fn();
  const view = (shown: Progress) => (
    <MemoryRouter>
      <CallbackScreen progress={shown} onStartAgain={onStartAgain} onGo={onGo} />
    </MemoryRouter>
  );
  const { rerender } = render(view(progress));
  return { onStartAgain, onGo, update: (next: Progress) => rerender(view(next)) };
}

const showOutcome = (outcome: SignInOutcome) => show({ kind: 'done', outcome });
const heading = () => screen.getByRole('heading', { level: 1 });
const main = () => screen.getByRole('main');

describe('a sign-in that comes back', () => {
  const stages = [
    { stage: 'received', at: NOW },
    { stage: 'matched', at: NOW + 1 },
    { stage: 'exchanging', at: NOW + 2 },
  ] as const;

  it('shows its four steps: those done with their time, the one under way, and the one to come', () => {
    show({ kind: 'working', service, stages });
    expect(heading().textContent).toBe('Finishing sign-in with Birdsong');
    const steps = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(steps).toHaveLength(4);
    expect(steps[0]).toMatch(/^Done: The answer came back.*0 ms$/);
    expect(steps[1]).toMatch(/^Done: State and issuer match.*1 ms$/);
    expect(steps[2]).toMatch(/^Now: Exchanging the code for tokens/);
    expect(steps[3]).toBe('Reading your account name');
  });

  it('says in a polite live region which step it is at', () => {
    const { update } = show({ kind: 'working', service, stages });
    expect(screen.getByRole('status').textContent).toBe('Exchanging the code for tokens');
    update({ kind: 'working', service, stages: [...stages, { stage: 'identifying', at: NOW + 40 }] });
    expect(screen.getByRole('status').textContent).toBe('Reading your account name');
    expect(screen.getAllByRole('listitem')[2]?.textContent).toMatch(/38 ms$/);
  });

  it('moves the focus to the heading, and again when the outcome is there', () => {
    const { update } = show({ kind: 'working', service, stages });
    expect(document.activeElement).toBe(heading());
    update({ kind: 'done', outcome: { kind: 'denied', service, returnTo: '/', error: 'access_denied' } });
    expect(heading().textContent).toBe('You said no to Birdsong');
    expect(document.activeElement).toBe(heading());
  });

  it('goes on to where the person came from', async () => {
    const { onGo } = showOutcome({ kind: 'connected', connectionId: 'c1', service, returnTo: '/?write=p1' });
    expect(heading().textContent).toBe('Birdsong is connected');
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(onGo).toHaveBeenCalledWith('/?write=p1');
  });
});

describe('a sign-in that came to nothing', () => {
  it('says that a denial stored nothing, quotes the server as plain text, and offers to ask again', async () => {
    const { onStartAgain, onGo } = showOutcome({
      kind: 'denied',
      service,
      returnTo: '/connections',
      error: 'access_denied',
      description: '<b>No</b>',
    });
    expect(main().textContent).toContain('Nothing was connected and nothing was stored.');
    expect(main().textContent).toContain('error_description="<b>No</b>"');
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    expect(onStartAgain).toHaveBeenCalledWith('birdsong');
    await userEvent.click(screen.getByRole('button', { name: 'Back to Connections' }));
    expect(onGo).toHaveBeenCalledWith('/connections');
  });

  it.each([
    ['unknown-state', 'This sign-in began somewhere else', 'The code was not used.'],
    ['already-used', 'This sign-in is already finished', 'Nothing was sent and nothing changed.'],
    ['wrong-redirect-uri', 'The answer came to the wrong address', 'The code was thrown away'],
    ['repeated-parameter', 'Someone added to this address', 'The code was not used.'],
    ['no-state', 'This answer belongs to no sign-in', 'Nothing was sent and nothing changed.'],
    ['foreign-response', 'This answer is of a kind nobody asked for', 'thrown away unread'],
    ['neither-code-nor-error', 'This answer is empty', 'Nothing was sent and nothing changed.'],
  ] as const)('explains %s and starts anew without a service', async (reason, title, sentence) => {
    const { onStartAgain } = showOutcome({ kind: 'refused', reason });
    expect(heading().textContent).toBe(title);
    expect(main().textContent).toContain(sentence);
    await userEvent.click(screen.getByRole('button', { name: 'Start again here' }));
    expect(onStartAgain).toHaveBeenCalledWith(undefined);
  });

  it('marks the character in which the issuers differ and offers no new try', async () => {
    const { onGo } = showOutcome({
      kind: 'issuer-mismatch',
      service,
      expected: 'https://login.harbour.example',
      actual: 'https://login.harb0ur.example',
    });
    expect(screen.getByText('0').tagName).toBe('MARK');
    expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual([
      'https://login.harbour.example',
      'https://login.harb0ur.example',
    ]);
    expect(screen.queryByRole('button', { name: /again/i })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Open in the Flow inspector' }));
    expect(onGo).toHaveBeenCalledWith('/inspector');
  });

  it('marks what a shorter issuer lacks', () => {
    showOutcome({ kind: 'issuer-mismatch', service, expected: 'https://a.example/', actual: 'https://a.example' });
    expect(screen.getByText('/').tagName).toBe('MARK');
  });

  it.each([
    ['invalid_scope', 'does not know a permission'],
    ['temporarily_unavailable', 'overloaded'],
    ['made_up', 'an error that Content Planner does not know'],
  ])('maps the error %s of the server to a sentence', (error, sentence) => {
    showOutcome({ kind: 'server-said-no', service, returnTo: '/', error });
    expect(heading().textContent).toBe('Birdsong refused the sign-in');
    expect(main().textContent).toContain(sentence);
    expect(main().textContent).toContain(`error=${error}`);
    expect(screen.getByRole('button', { name: 'Back to the planner' })).toBeDefined();
  });

  it('names both reasons where the browser does not say which', () => {
    showOutcome({ kind: 'failed', service, returnTo: '/', code: 'unreachable' });
    expect(main().textContent).toMatch(/offline.*CORS/s);
  });

  it.each(Object.keys(messages.faults) as (keyof typeof messages.faults)[])(
    'says for %s what happened, what was kept, and what to do next',
    async (code) => {
      const { onStartAgain } = showOutcome({ kind: 'failed', service, returnTo: '/', code, serverError: 'invalid_x' });
      const paragraphs = within(main()).getAllByRole('paragraph');
      expect(heading().textContent).not.toBe('');
      expect(paragraphs.length).toBeGreaterThanOrEqual(3);
      expect(main().textContent).toContain('Nothing new was stored');
      expect(main().textContent).toContain('error=invalid_x');
      await userEvent.click(screen.getByRole('button', { name: 'Start again' }));
      expect(onStartAgain).toHaveBeenCalledWith('birdsong');
    },
  );
});

describe('a visit without an answer', () => {
  it('says that there is nothing to finish and leads away', async () => {
    const { onGo } = show(undefined);
    expect(heading().textContent).toBe('Nothing to finish here');
    await userEvent.click(screen.getByRole('button', { name: 'Back to Connections' }));
    expect(onGo).toHaveBeenCalledWith('/connections');
  });
});
