import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import type { SignInOutcome } from '#connections/sign-in/sign-in-outcome.ts';
import { CallbackScreen } from '#features/connections/callback/callback-screen.tsx';
import { corsHeadersFor } from '#failures/cors-headers.ts';
import { messages } from '#messages/en.ts';
import { PROTOCOL_LIMITS } from '#oauth/bounded-fetch.ts';
import { NOW, service } from '#tests/support/views.ts';

/** The failure was not caused by a request. */
const WITHOUT_REQUEST = new Set([
  'dpop-unavailable',
  'key-missing',
  'not-stored',
  'not-loaded',
  'worker-unavailable',
  'part-not-loaded',
  'registration-unsupported',
]);

type Progress = Parameters<typeof CallbackScreen>[0]['progress'];

function show(
  progress: Progress,
  typedClientIds: readonly string[] = [],
  onSeeDemo?: () => void,
  interrupted?: { id: string; name: string },
) {
  const onStartAgain = vi.fn();
  const onCancel = vi.fn();
  const onDecide = vi.fn();
  const onConnect = vi.fn();
  const onGo = vi.fn();
  const actions = { onStartAgain, onConnect, onCancel, onDecide, onGo };
  const view = (shown: Progress) => (
    <MemoryRouter>
      <CallbackScreen progress={shown} {...{ interrupted, typedClientIds, onSeeDemo }} {...actions} />
    </MemoryRouter>
  );
  const { rerender } = render(view(progress));
  return { ...actions, update: (next: Progress) => rerender(view(next)) };
}

const showOutcome = (outcome: SignInOutcome, typedClientIds?: readonly string[]) =>
  show({ kind: 'done', outcome }, typedClientIds);
const heading = () => screen.getByRole('heading', { level: 1 });
const main = () => screen.getByRole('main');
const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('a sign-in that a demo attacked (M-16)', () => {
  it('ends as a real one would, and links to the check that detected it', async () => {
    const onSeeDemo = vi.fn();
    show({ kind: 'done', outcome: { kind: 'invalid-response', reason: 'unknown-state' } }, [], onSeeDemo);
    expect(heading().textContent).toBe('This sign-in wasn’t started here');
    expect(main().textContent).toContain('Attack demo complete');
    expect(buttons()).toEqual(['See what stopped it in the inspector']);
    await press('See what stopped it in the inspector');
    expect(onSeeDemo).toHaveBeenCalledOnce();
  });
});

describe('a returning sign-in', () => {
  const stages = [
    { stage: 'received', at: NOW },
    { stage: 'matched', at: NOW + 1 },
    { stage: 'exchanging', at: NOW + 2 },
  ] as const;

  it('shows its four steps: the finished ones with their duration, the current one, and the next', () => {
    show({ kind: 'working', service, stages });
    expect(heading().textContent).toBe('Finishing sign-in with Birdsong');
    const steps = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(steps).toHaveLength(4);
    expect(steps[0]).toMatch(/^Done: Response received in this tab.*0 ms$/);
    expect(steps[1]).toMatch(/^Done: State and issuer checked.*1 ms$/);
    expect(steps[2]).toMatch(/^Now: Exchanging the code for tokens/);
    expect(steps[3]).toBe('Reading your account name');
  });

  it('announces the current step in a polite live region', () => {
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

  it('can be cancelled, and watched in the inspector', async () => {
    const { onCancel, onGo } = show({ kind: 'working', service, stages });
    await press('Cancel');
    expect(onCancel).toHaveBeenCalledOnce();
    await press('Watch in the Flow inspector');
    expect(onGo).toHaveBeenCalledWith('/inspector');
  });

  it('sets the document title to the heading', () => {
    const { update } = show({ kind: 'working', service, stages });
    expect(document.title).toBe('Finishing sign-in with Birdsong · Content Planner');
    update({ kind: 'done', outcome: { kind: 'invalid-response', reason: 'expired-state', service } });
    expect(document.title).toBe('This sign-in timed out · Content Planner');
    update({ kind: 'done', outcome: { kind: 'connected', connectionId: 'c1', service, returnTo: '/' } });
    expect(document.title).toBe('Birdsong is connected · Content Planner');
    update(undefined);
    expect(document.title).toBe('Nothing to finish here · Content Planner');
  });

  it('continues where the user came from', async () => {
    const { onGo } = showOutcome({ kind: 'connected', connectionId: 'c1', service, returnTo: '/?write=p1' });
    expect(heading().textContent).toBe('Birdsong is connected');
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
    expect(onGo).toHaveBeenCalledWith('/?write=p1');
  });
});

describe('a failed sign-in', () => {
  it('says that a denial stored nothing and kept older connections, quotes the server as plain text, and offers to try again', async () => {
    const { onStartAgain, onGo } = showOutcome({
      kind: 'denied',
      service,
      returnTo: '/connections',
      error: 'access_denied',
      description: '<b>No</b>',
    });
    expect(main().textContent).toContain('Nothing was stored and your existing connections haven’t changed.');
    expect(main().textContent).toContain('error_description="<b>No</b>"');
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: false });
    await userEvent.click(screen.getByRole('button', { name: 'Back to Connections' }));
    expect(onGo).toHaveBeenCalledWith('/connections');
  });

  it.each([
    ['unknown-state', 'This sign-in wasn’t started here', 'The response was ignored; nothing changed.'],
    ['already-used', 'This sign-in is already finished', 'Nothing was sent and nothing changed.'],
    ['wrong-redirect-uri', 'The response came to the wrong address', 'The response was discarded'],
    ['repeated-parameter', 'This address was tampered with', 'It was ignored; nothing changed.'],
    ['no-state', 'No matching sign-in', 'Nothing was sent and nothing changed.'],
    ['foreign-response', 'Unexpected response type', 'discarded without being read'],
    ['code-and-error', 'This response contradicts itself', 'It was ignored; nothing changed.'],
    ['neither-code-nor-error', 'This response is empty', 'Nothing was sent and nothing changed.'],
  ] as const)('explains %s, and links back if it is unknown what to restart', async (reason, title, sentence) => {
    const { onGo } = showOutcome({ kind: 'invalid-response', reason });
    expect(heading().textContent).toBe(title);
    expect(main().textContent).toContain(sentence);
    expect(buttons()).toEqual(['Back to Connections']);
    await press('Back to Connections');
    expect(onGo).toHaveBeenCalledWith('/connections');
  });

  it('does not mention a code that an ignored response may not have had', () => {
    const { update } = show(undefined);
    for (const reason of ['unknown-state', 'wrong-redirect-uri', 'repeated-parameter', 'expired-state'] as const) {
      update({ kind: 'done', outcome: { kind: 'invalid-response', reason, service } });
      expect(main().textContent).not.toContain('code');
    }
  });

  it('offers the way back first if a sign-in is already finished, and otherwise a retry', async () => {
    const purpose = { kind: 'invalid-response', service, returnTo: '/' } as const;
    const { update, onStartAgain } = showOutcome({ ...purpose, reason: 'already-used' });
    expect(buttons()).toEqual(['Back to the planner', 'Start again']);
    await press('Start again');
    expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: false });
    update({ kind: 'done', outcome: { ...purpose, reason: 'wrong-redirect-uri' } });
    expect(buttons()).toEqual(['Start again', 'Back to the planner']);
  });

  it('links back to the draft that the sign-in was for', async () => {
    const { onGo } = showOutcome({ kind: 'denied', service, returnTo: '/compose/p1', error: 'access_denied' });
    await press('Back to the draft');
    expect(onGo).toHaveBeenCalledWith('/compose/p1');
  });

  it('explains the time limit to a user who was away longer, and restarts', async () => {
    const { onStartAgain } = showOutcome({ kind: 'invalid-response', reason: 'expired-state', service });
    expect(heading().textContent).toBe('This sign-in timed out');
    expect(main().textContent).toContain('finish within 10 min');
    await press('Start again');
    expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: false });
  });

  it('marks the character in which the issuers differ and offers no retry', async () => {
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

  it('marks the missing end of a shorter issuer', () => {
    showOutcome({ kind: 'issuer-mismatch', service, expected: 'https://a.example/', actual: 'https://a.example' });
    expect(screen.getByText('/').tagName).toBe('MARK');
  });

  it('E8: says that a response names an empty issuer', () => {
    showOutcome({ kind: 'issuer-mismatch', service, expected: 'https://a.example', actual: '' });
    expect(screen.getAllByRole('definition').at(-1)?.textContent).toBe('stated, but empty');
    expect(main().querySelector('mark')).toBeNull();
  });

  it('says that a response names no issuer', () => {
    showOutcome({ kind: 'issuer-mismatch', service, expected: 'https://a.example' });
    expect(screen.getAllByRole('definition').at(-1)?.textContent).toBe('not stated');
    expect(main().querySelector('mark')).toBeNull();
  });

  it.each([
    ['invalid_scope', 'doesn’t know or allow a requested permission'],
    ['temporarily_unavailable', 'overloaded'],
    ['made_up', 'It returned an unknown error.'],
  ])('maps the server’s error %s to a sentence', (error, sentence) => {
    showOutcome({ kind: 'error-response', service, returnTo: '/', error });
    expect(heading().textContent).toBe('Birdsong refused the sign-in');
    expect(main().textContent).toContain(sentence);
    expect(main().textContent).toContain(`error=${error}`);
    expect(screen.getByRole('button', { name: 'Back to the planner' })).toBeDefined();
  });

  it.each(Object.keys(messages.failures.codes) as (keyof typeof messages.failures.codes)[])(
    'says for %s what happened, what was kept, and what to do next',
    async (code) => {
      const { onStartAgain } = showOutcome({
        kind: 'failed',
        service,
        returnTo: '/',
        code,
        step: 'registration',
        serverError: 'invalid_x',
      });
      const paragraphs = within(main()).getAllByRole('paragraph');
      expect(heading().textContent).not.toBe('');
      expect(paragraphs.length).toBeGreaterThanOrEqual(3);
      expect(main().textContent).toContain('Nothing was stored and your existing connections haven’t changed.');
      expect(main().textContent).toContain('error=invalid_x');
      if (!WITHOUT_REQUEST.has(code))
        expect(main().textContent).toMatch(/The app (asked|was asking) Birdsong’s authorization server to register it/);
      // Retrying has the same result if the demo network does not run.
      if (code === 'worker-unavailable') return expect(buttons()).toEqual(['Back to the planner']);
      await press('Start again');
      expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: false });
    },
  );

  const failed = { kind: 'failed', service, returnTo: '/', url: 'https://login.birdsong.example/x' } as const;

  it.each([
    ['resource-metadata', 'Birdsong for its metadata'],
    ['server-metadata', 'Birdsong’s authorization server for its metadata'],
    ['registration', 'Birdsong’s authorization server to register it'],
    ['par', 'Birdsong’s authorization server to accept the pushed request (PAR)'],
    ['token-request', 'Birdsong’s authorization server for tokens'],
    ['jwks', 'Birdsong’s authorization server for its signing keys'],
    [undefined, 'Birdsong for a response'],
  ] as const)(
    'says what was requested at %s, and both possible causes if the browser does not say which',
    (step, what) => {
      showOutcome({ ...failed, code: 'unreachable', ...(step && { step }) });
      expect(main().textContent).toContain(`The app asked ${what} and got no readable response`);
      expect(main().textContent).toMatch(/offline.*CORS/s);
    },
  );

  it.each(['registration', 'par', 'token-request', 'jwks'] as const)(
    'D6: does not send the user to the network after the metadata was read: %s',
    (step) => {
      showOutcome({ ...failed, code: 'unreachable', step });
      expect(main().textContent).toContain('you are probably not offline: more likely the server doesn’t let browser');
      expect(main().textContent).not.toContain('Check your connection');
    },
  );

  it('D6: still names the network where nothing of the server has been read', () => {
    showOutcome({ ...failed, code: 'unreachable', step: 'server-metadata' });
    expect(main().textContent).toContain('Check your connection');
  });

  it('E8: does not blame the clock for a rejected nonce', () => {
    showOutcome({ ...failed, code: 'invalid-dpop-proof', step: 'token-request', serverError: 'use_dpop_nonce' });
    expect(heading().textContent).toBe('Birdsong accepts no DPoP nonce');
    expect(main().textContent).not.toContain('clock');
  });

  it('REG-7: says who can help with a rejected registration', () => {
    showOutcome({ ...failed, code: 'oauth-error', step: 'registration', serverError: 'invalid_redirect_uri' });
    expect(heading().textContent).toBe('Birdsong didn’t register this app');
    expect(main().textContent).toContain('issue a client ID to use instead');
  });

  it('DISC-6: says that an authorization server does not list the service', () => {
    showOutcome({ ...failed, code: 'resource-mismatch', step: 'server-metadata' });
    expect(heading().textContent).toBe('The authorization server doesn’t list this service');
    expect(main().textContent).toContain('doesn’t include this one');
  });

  it('says that this device is offline, and gives no advice about the server', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    showOutcome({ ...failed, code: 'unreachable', step: 'registration' });
    expect(heading().textContent).toBe('You’re offline');
    expect(main().textContent).not.toContain('CORS');
    expect(main().textContent).not.toContain('Access-Control');
  });

  it('lists the headers that the step needs for the server’s operator, and that no redirect is followed', () => {
    showOutcome({ ...failed, code: 'unreachable', step: 'registration' });
    expect(screen.getByText('For the server’s operator')).toBeDefined();
    expect(main().querySelector('pre')?.textContent?.split('\n')).toEqual([
      `Access-Control-Allow-Origin: ${location.origin}`,
      'Access-Control-Allow-Methods: POST',
      'Access-Control-Allow-Headers: Content-Type',
    ]);
    expect(main().textContent).toContain('Redirects aren’t followed');
  });

  it.each([
    ['resource-probe', ['Access-Control-Expose-Headers: WWW-Authenticate'], false],
    ['resource-metadata', [], false],
    ['server-metadata', [], false],
    ['registration', ['Access-Control-Allow-Methods: POST', 'Access-Control-Allow-Headers: Content-Type'], true],
    ['token-request', [], false],
    ['jwks', [], false],
    ['userinfo', ['Access-Control-Allow-Headers: Authorization'], true],
    ['refresh', [], false],
    ['revocation', [], false],
  ] as const)('lists what a server must send at %s beside the origin', (step, more, hasPreflight) => {
    expect(corsHeadersFor(step, 'https://planner.example')).toMatchObject({
      headers: ['Access-Control-Allow-Origin: https://planner.example', ...more],
      hasPreflight,
    });
  });

  it('DPOP-7, API-9: lists that a request with a proof needs permission, and its nonce must be exposed', () => {
    showOutcome({
      ...failed,
      code: 'unreachable',
      step: 'token-request',
      url: 'https://as.example/token',
      hadProof: true,
    });
    expect(main().textContent).toContain('Access-Control-Allow-Headers: DPoP');
    expect(main().textContent).toContain('Access-Control-Expose-Headers: DPoP-Nonce');
    expect(main().textContent).toContain('preflight (OPTIONS)');
  });

  it('names the app’s limits', () => {
    const { update } = showOutcome({ ...failed, code: 'timed-out', step: 'token-request' });
    expect(main().textContent).toContain(`after ${PROTOCOL_LIMITS.timeoutMs / 1_000} seconds`);
    update({ kind: 'done', outcome: { ...failed, code: 'response-too-large', step: 'token-request' } });
    expect(main().textContent).toContain(`larger than ${PROTOCOL_LIMITS.maxBytes / 1_024} KB`);
  });

  it('says calmly that the user cancelled', () => {
    showOutcome({ ...failed, code: 'cancelled', step: 'token-request' });
    expect(heading().textContent).toBe('You cancelled the sign-in to Birdsong');
    expect(main().textContent).toContain('Nothing was stored');
  });

  it('registers again when the server no longer knows the app', async () => {
    const { onStartAgain } = showOutcome({
      ...failed,
      code: 'oauth-error',
      step: 'token-request',
      status: 401,
      serverError: 'invalid_client',
    });
    expect(heading().textContent).toBe('Birdsong no longer recognises this app');
    expect(main().textContent).toContain('Status: 401');
    expect(main().textContent).toContain('https://login.birdsong.example/x');
    await press('Start again');
    expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: true });
  });
});

describe('a client id that the server rejects', () => {
  const own = { ...service, issuer: 'https://login.birdsong.example', clientId: 'planer-7' };
  const atToken = (serverError: string) =>
    ({
      kind: 'failed',
      service: own,
      returnTo: '/connections',
      code: 'oauth-error',
      step: 'token-request',
      status: 401,
      serverError,
    }) as const;
  const atSignIn = (error: string) => ({ kind: 'error-response', service: own, returnTo: '/', error }) as const;

  it.each([
    ['invalid_client at the token endpoint', atToken('invalid_client')],
    ['unauthorized_client at the token endpoint', atToken('unauthorized_client')],
    ['unauthorized_client at the callback', atSignIn('unauthorized_client')],
    ['invalid_client at the callback', atSignIn('invalid_client')],
  ])('REG-1: can be changed if the user typed it: %s', async (_name, outcome) => {
    const { onGo, onStartAgain } = showOutcome(outcome, [own.id]);
    expect(main().textContent).not.toContain('register again');
    await press('Change client ID');
    expect(onGo).toHaveBeenCalledWith('/services/birdsong/client-id');
    await press('Start again');
    expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: false });
  });

  it('is changed for the connection that was being reconnected', async () => {
    const { onGo } = showOutcome({ ...atToken('invalid_client'), connectionId: 'c1' }, [own.id]);
    await press('Change client ID');
    expect(onGo).toHaveBeenCalledWith('/services/birdsong/client-id?connection=c1');
  });

  it('must be fixed by the deployer if services.json names it', () => {
    showOutcome(atToken('invalid_client'));
    expect(main().textContent).toContain('The client ID is set in services.json.');
    expect(buttons()).not.toContain('Change client ID');
  });

  it('is registered again if it was registered (REF-7)', async () => {
    const { onStartAgain } = showOutcome({ kind: 'error-response', service, returnTo: '/', error: 'invalid_client' });
    await press('Start again');
    expect(onStartAgain).toHaveBeenCalledWith({ isForgotten: true });
  });

  it('is not affected by other errors', () => {
    showOutcome(atSignIn('invalid_scope'), [own.id]);
    expect(buttons()).not.toContain('Change client ID');
  });
});

describe('a sign-in of another user than expected (UI-4)', () => {
  const issuer = 'https://planner.example/birdsong';
  const lowtide = { issuer, subject: 'u1', name: 'Lowtide Press', username: 'lowtide' };
  const robin = { issuer, subject: 'u2', name: 'Robin', username: 'robin' };
  const accountMismatch = (actual?: typeof robin): SignInOutcome => ({
    kind: 'account-mismatch',
    service,
    returnTo: '/connections',
    connectionId: 'c1',
    expected: lowtide,
    ...(actual && { actual }),
    decide: () => Promise.reject(new Error('the screen leaves this to its route')),
  });
  const people = () => screen.getAllByRole('definition').map(({ textContent }) => textContent);

  it('names both, each isolated, and says that nothing is stored yet', () => {
    showOutcome(accountMismatch(robin));
    expect(heading().textContent).toBe('Someone else signed in to Birdsong');
    expect(people()).toEqual(['Lowtide Press, @lowtide', 'Robin, @robin']);
    expect(screen.getByText('Robin').tagName).toBe('BDI');
    for (const handle of screen.getAllByText('@robin')) expect(handle.tagName).toBe('BDI');
    expect(main().textContent).toContain('Nothing is stored yet.');
  });

  it.each([
    ['Keep @robin as a separate connection', 'keep-both', 'Saving it'],
    ['Discard', 'discard', 'Asking Birdsong to revoke'],
    ['Sign in again as @lowtide', 'sign-in-again', 'Asking Birdsong to revoke'],
  ])('offers: %s; runs once, and shows progress', async (name, wish, words) => {
    const { onDecide } = showOutcome(accountMismatch(robin));
    expect(screen.getAllByRole('button')).toHaveLength(3);
    await press(name);
    await press(name);
    expect(onDecide.mock.calls).toEqual([[wish]]);
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true');
    expect(screen.getByRole('status').textContent).toContain(words);
  });

  it('says when the service does not identify the user, and still offers to keep the connection', async () => {
    const { onDecide } = showOutcome(accountMismatch());
    expect(heading().textContent).toBe('Birdsong doesn’t say who signed in');
    expect(people()).toEqual(['Lowtide Press, @lowtide', 'Unknown']);
    await press('Keep it as a separate connection');
    expect(onDecide).toHaveBeenCalledWith('keep-both');
  });

  it('distinguishes two users of the same name by their subject', () => {
    showOutcome(accountMismatch({ ...lowtide, subject: 'u2' }));
    expect(people()).toEqual(['Lowtide Press, @lowtideAccount ID u1', 'Lowtide Press, @lowtideAccount ID u2']);
  });

  it('says what was discarded, and links back', async () => {
    const { onGo } = showOutcome({ kind: 'discarded', service, returnTo: '/connections' });
    expect(heading().textContent).toBe('Sign-in discarded');
    expect(main().textContent).toContain('your existing connections haven’t changed');
    await press('Back to Connections');
    expect(onGo).toHaveBeenCalledWith('/connections');
  });
});

describe('a pushed request that the server rejects', () => {
  it.each([
    ['invalid_scope', 'It doesn’t know or allow a requested permission.'],
    ['invalid_target', 'It doesn’t issue tokens for this service.'],
  ])('E8: says what %s means, as after a redirect', (serverError, sentence) => {
    const failed = { kind: 'failed', service, returnTo: '/', code: 'oauth-error', step: 'par', serverError } as const;
    showOutcome(failed);
    expect(heading().textContent).toBe('Birdsong refused the sign-in');
    expect(main().textContent).toContain(sentence);
  });
});

describe('a visit without a response', () => {
  it('E8: says after a reload that the sign-in was interrupted, and starts it again', async () => {
    const { onConnect } = show(undefined, [], undefined, { id: 'birdsong', name: 'Birdsong' });
    expect(heading().textContent).toBe('Sign-in with Birdsong was interrupted');
    expect(main().textContent).toContain('each response works only once');
    await press('Start again');
    expect(onConnect).toHaveBeenCalledWith('birdsong');
  });

  it('says that there is nothing to finish and links away', async () => {
    const { onGo } = show(undefined);
    expect(heading().textContent).toBe('Nothing to finish here');
    await userEvent.click(screen.getByRole('button', { name: 'Back to Connections' }));
    expect(onGo).toHaveBeenCalledWith('/connections');
  });
});
