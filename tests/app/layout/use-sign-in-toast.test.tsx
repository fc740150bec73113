import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { describe, expect, it } from 'vitest';

import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import { useSignInToast } from '#app/layout/use-sign-in-toast.ts';
import type { SignInOutcome, SignInProgress } from '#connections/sign-in/sign-in-outcome.ts';
import { createObservable } from '#lib/observable.ts';
import { service } from '#tests/support/views.ts';
import { Toast } from '#ui/toast.tsx';

function News({ signIn }: { signIn: ReturningSignIn }) {
  const { toast, onDone } = useSignInToast(signIn);
  return (
    <>
      <p data-testid="address">{useLocation().pathname}</p>
      <Toast toast={toast} closeLabel="Close" onDone={onDone} />
    </>
  );
}

function show(path: string) {
  const progress = createObservable<SignInProgress>({ kind: 'working', stages: [] });
  const signIn: ReturningSignIn = {
    progress,
    requestSent: Promise.resolve(),
    connected: Promise.resolve(undefined),
    cancel: () => {},
    decide: () => Promise.resolve(),
  };
  render(
    <MemoryRouter initialEntries={[path]}>
      <News signIn={signIn} />
    </MemoryRouter>,
  );
  return {
    set: (next: SignInProgress) => {
      act(() => progress.set(next));
    },
  };
}

const denied: SignInOutcome = { kind: 'denied', service, returnTo: '/', error: 'access_denied' };
const failed: SignInOutcome = { kind: 'failed', service, returnTo: '/', code: 'timed-out' };
const accountMismatch: SignInOutcome = {
  kind: 'account-mismatch',
  service,
  returnTo: '/',
  connectionId: 'c1',
  expected: { issuer: service.resource, subject: 'u1' },
  decide: () => Promise.resolve(failed),
};
const said = () => screen.getByRole('status').textContent;

describe('a sign-in that ends while the user is on another screen', () => {
  it.each<[string, SignInProgress, string]>([
    ['denied', { kind: 'done', outcome: denied }, 'The sign-in failed.'],
    ['failed', { kind: 'done', outcome: failed }, 'The sign-in failed.'],
    ['an internal error', { kind: 'broken', error: new Error('fault') }, 'The sign-in failed.'],
    ['another user', { kind: 'done', outcome: accountMismatch }, 'A sign-in needs your decision.'],
  ])('%s: shows a toast with a link to the result', async (_name, end, words) => {
    const { set } = show('/inspector');
    expect(said()).toBe('');
    set(end);
    expect(said()).toContain(words);
    await userEvent.click(screen.getByRole('button', { name: 'See what happened' }));
    expect(screen.getByTestId('address').textContent).toBe('/callback');
    expect(said()).toBe('');
  });

  it('shows it once', async () => {
    const { set } = show('/inspector');
    set({ kind: 'done', outcome: denied });
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(said()).toBe('');
  });

  it.each(['/callback', '/callback/abc'])('shows nothing at %s, which shows the result itself', (path) => {
    const { set } = show(path);
    set({ kind: 'done', outcome: denied });
    expect(said()).toBe('');
  });

  it('shows nothing after a successful sign-in', () => {
    const { set } = show('/inspector');
    set({ kind: 'done', outcome: { kind: 'connected', connectionId: 'c1', service, returnTo: '/' } });
    expect(said()).toBe('');
  });
});
