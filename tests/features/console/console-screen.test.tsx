import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';

import type { ConsoleResponse, ConsoleCall, CallRejection } from '#api/console-call.ts';
import { ApiError } from '#api/errors.ts';
import { ConnectionError } from '#connections/errors.ts';
import { ConsoleScreen } from '#features/console/console-screen.tsx';
import { MAX_CHARACTERS } from '#features/console/history.ts';
import { formatClock } from '#messages/format.ts';
import { birdsong, connectionView, NOW } from '#tests/support/views.ts';

const answer = (response: Response, refusal?: CallRejection): ConsoleResponse => ({
  response,
  durationMs: 38,
  rejection: refusal,
});

function show(changes: Partial<ComponentProps<typeof ConsoleScreen>> = {}) {
  const call = vi.fn<ConsoleCall>(() => Promise.resolve(answer(Response.json({ id: 7 }))));
  const props = {
    connection: connectionView(),
    service: birdsong,
    call,
    now: () => NOW,
    onAllow: vi.fn(),
    onReconnect: vi.fn(),
    ...changes,
  };
  const user = userEvent.setup();
  const { unmount } = render(
    <MemoryRouter>
      <ConsoleScreen {...props} />
    </MemoryRouter>,
  );
  return { ...props, call, user, unmount };
}
const answering = (response: Response, refusal?: CallRejection) => ({
  call: () => Promise.resolve(answer(response, refusal)),
});
const failing = (error: ApiError) => ({ call: vi.fn<ConsoleCall>().mockRejectedValue(error) });

const path = () => screen.getByLabelText('Path');
const headers = () => screen.getByLabelText('More headers');
const send = () => screen.getByRole('button', { name: 'Send' });
const pane = () => screen.getByRole('region', { name: 'Response' });
const past = () => within(screen.getByRole('region', { name: 'History' })).queryAllByRole('button');
const noBody = (status: number) => new Response(null, { status });

describe('the console: the request', () => {
  it('shows the resource before the path and the whole URL below', async () => {
    const { user } = show();
    expect(screen.getByText('https://planner.example/birdsong/api/', { selector: 'bdi[id]' })).toBeDefined();
    await user.type(path(), 'posts?limit=2');
    expect(screen.getByText('https://planner.example/birdsong/api/posts?limit=2')).toBeDefined();
  });

  it('sends method, path, headers and body', async () => {
    const { user, call } = show();
    await user.selectOptions(screen.getByLabelText('Method'), 'PATCH');
    await user.type(path(), 'posts/1');
    await user.type(headers(), 'X-Trace: 7');
    await user.type(screen.getByLabelText('Body'), 'hello');
    await user.click(send());
    expect(call).toHaveBeenCalledExactlyOnceWith('posts/1', {
      method: 'PATCH',
      headers: { 'X-Trace': '7' },
      body: 'hello',
      signal: expect.any(AbortSignal),
    });
  });

  it.each([
    ['../admin', 'The token isn’t sent anywhere else.'],
    ['https://evil.example/', 'The token isn’t sent anywhere else.'],
    ['/posts', 'A leading slash leaves'],
  ])('API-2: rejects %s with an explanation, and sends nothing', async (typed, words) => {
    const { user, call } = show();
    await user.type(path(), typed);
    expect(path().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(words, { exact: false })).toBeDefined();
    await user.click(send());
    expect(call).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(path());
  });

  it.each([
    ['Authorization: Bearer x', 'Line 1: Authorization is set by the app'],
    ['Host: x', 'Line 1: Host is set by the browser'],
    ['X Y: z', 'Line 1: “X Y” isn’t a valid header name'],
    ['nothing', 'Line 1 has no colon'],
  ])('rejects the header %j with an explanation when the user sends', async (line, words) => {
    const { user, call } = show();
    await user.type(headers(), line);
    expect(screen.queryByText(words, { exact: false })).toBeNull();
    await user.click(send());
    expect(screen.getByText(words, { exact: false })).toBeDefined();
    expect(document.activeElement).toBe(headers());
    expect(call).not.toHaveBeenCalled();
  });

  it('takes no body with GET, and offers to set the type of a JSON body', async () => {
    const { user } = show();
    expect(screen.queryByLabelText('Body')).toBeNull();
    await user.selectOptions(screen.getByLabelText('Method'), 'POST');
    await user.type(headers(), 'X-Trace: 7');
    await user.click(screen.getByLabelText('Body'));
    await user.paste('{"text":"x"}');
    await user.click(screen.getByRole('button', { name: 'Add Content-Type: application/json' }));
    expect((headers() as HTMLTextAreaElement).value).toBe('X-Trace: 7\nContent-Type: application/json');
    expect(document.activeElement).toBe(screen.getByLabelText('Body'));
    expect(screen.queryByText('will be sent as plain text', { exact: false })).toBeNull();
  });

  it.each(['{Control>}{Enter}{/Control}', '{Meta>}{Enter}{/Meta}'])('is sent by %s from any field', async (keys) => {
    const { user, call } = show();
    await user.type(headers(), keys);
    expect(call).toHaveBeenCalledOnce();
    expect((headers() as HTMLTextAreaElement).value).toBe('');
  });

  it('can be copied as curl, without the token', async () => {
    const { user } = show();
    await user.type(path(), "it's");
    await user.click(screen.getByRole('button', { name: 'Copy as curl' }));
    expect(await navigator.clipboard.readText()).toBe(
      String.raw`curl 'https://planner.example/birdsong/api/it'\''s'` + " \\\n  -H 'Authorization: Bearer ••••'",
    );
    expect(screen.getByText('Copied. The token is masked.')).toBeDefined();
  });
});

it('the console shows its owner: the service’s icon and the account', () => {
  show({ service: { ...birdsong, icon: 'https://planner.example/notices.svg' } });
  const account = screen.getByText('@lowtide').closest('div');
  expect(account?.querySelector('img')?.getAttribute('src')).toBe('https://planner.example/notices.svg');
});

it('the console shows the maximum post length below the body, if services.json has one', async () => {
  const { user } = show({ service: { ...birdsong, limits: { characters: 500 } } });
  await user.selectOptions(screen.getByLabelText('Method'), 'POST');
  const body = screen.getByRole('textbox', { name: 'Body' });
  const hint = document.querySelector(`[id="${body.getAttribute('aria-describedby')}"]`);
  expect(hint?.textContent).toBe('Up to 500 characters per post on Birdsong.');
});

describe('the console: a running request', () => {
  it('can be cancelled, and the console says that it may have arrived', async () => {
    let signal: AbortSignal | undefined;
    const { user } = show({
      call: (_path, options) => {
        signal = options?.signal;
        return new Promise(() => {});
      },
    });
    await user.click(send());
    expect(screen.getByRole('button', { name: 'Sending…' }).getAttribute('aria-busy')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(signal?.aborted).toBe(true);
    expect(pane().textContent).toContain('You stopped waiting.');
    expect(document.activeElement).toBe(send());
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('runs one at a time, and stops when the page is left', async () => {
    let signal: AbortSignal | undefined;
    const call = vi.fn<ConsoleCall>((_path, options) => {
      signal = options?.signal;
      return new Promise(() => {});
    });
    const { user, unmount } = show({ call });
    await user.click(send());
    await user.type(path(), '{Enter}');
    expect(call).toHaveBeenCalledOnce();
    act(unmount);
    expect(signal?.aborted).toBe(true);
  });
});

describe('the console: the response', () => {
  it('shows status, time, size, headers and JSON', async () => {
    const response = Response.json({ id: 7 }, { status: 201, statusText: 'Created', headers: { 'x-page': '2' } });
    const { user } = show(answering(response));
    await user.click(send());
    expect(within(pane()).getByRole('status').textContent).toBe('Response: 201 Created, 38 ms, 8 bytes');
    expect(within(pane()).getByText('x-page').nextElementSibling?.textContent).toBe('2');
    expect(within(pane()).getByRole('region', { name: 'Body' }).textContent).toBe('{\n  "id": 7\n}');
  });

  it('shows HTML as text and never as HTML', async () => {
    const html = '<img src=x onerror=alert(1)><h1>No</h1>';
    const { user } = show(answering(new Response(html, { status: 500, headers: { 'content-type': 'text/html' } })));
    await user.click(send());
    expect(within(pane()).getByRole('region', { name: 'Body' }).textContent).toBe(html);
    expect(pane().querySelector('img, h1')).toBeNull();
    expect(within(pane()).getByText('500')).toBeDefined();
  });

  it('shows only the metadata of an image, and the beginning of a long text', async () => {
    const picture = show(answering(new Response('x'.repeat(2048), { headers: { 'content-type': 'image/png' } })));
    await picture.user.click(send());
    expect(pane().textContent).toContain('Not shown: it is image/png, 2 KB.');
    picture.unmount();
    const { user } = show(answering(new Response('x'.repeat(300 * 1024))));
    await user.click(send());
    expect(within(pane()).getByText('Showing the first 256 KB.')).toBeDefined();
    expect(within(pane()).getByRole('region', { name: 'Body' }).textContent).toHaveLength(256 * 1024);
  });

  it.each<[ApiError, string]>([
    [new ApiError('unreachable', ''), 'doesn’t let browser apps use this URL, method or header (CORS)'],
    [new ApiError('timed-out', ''), 'Birdsong took too long.'],
    [new ApiError('malformed-response', ''), 'It is over 5 MB'],
    [
      new ApiError('nonce-unreadable', '', { status: 401 }),
      'Birdsong hides a value that browser apps need (401). The server requires a DPoP nonce',
    ],
    [new ApiError('no-connection', ''), 'Birdsong is no longer connected.'],
    [new ApiError('http-5xx', '', { status: 503 }), 'Birdsong had an error (503).'],
    [
      new ApiError('unreachable', '', { cause: new ConnectionError('refresh-failed', '', { oauth: 'unreachable' }) }),
      'The token for Birdsong has expired. It couldn’t be renewed right now.',
    ],
  ])('explains why there is none: %o', async (error, words) => {
    const { user } = show(failing(error));
    await user.click(send());
    expect(pane().textContent).toContain(words);
  });

  const resent = 'even more than once: a browser resends it by itself when a connection breaks';

  it.each(['unreachable', 'timed-out', 'malformed-response', 'invalid-dpop-proof'] as const)(
    'E8: says that a POST may have had its effect if its response is lost: %s',
    async (code) => {
      const { user } = show(failing(new ApiError(code, '')));
      await user.selectOptions(screen.getByLabelText('Method'), 'POST');
      await user.click(send());
      expect(pane().textContent).toContain(`The POST request may still have been processed, ${resent}.`);
    },
  );

  it.each<[string, ApiError]>([
    ['GET', new ApiError('unreachable', '')],
    ['POST', new ApiError('outside-connection', '')],
    ['POST', new ApiError('needs-sign-in', '')],
    [
      'DELETE',
      new ApiError('unreachable', '', { cause: new ConnectionError('refresh-failed', '', { oauth: 'unreachable' }) }),
    ],
  ])('E8: does not say so of a %s that changes nothing or was not sent: %o', async (method, error) => {
    const { user } = show(failing(error));
    await user.selectOptions(screen.getByLabelText('Method'), method);
    await user.click(send());
    expect(pane().textContent).not.toContain('may still have been processed');
  });

  it('E8: does not blame the clock for a rejected nonce', async () => {
    const { user } = show(failing(new ApiError('nonce-rejected', '', { status: 401 })));
    await user.click(send());
    expect(pane().textContent).toContain('Birdsong accepts no DPoP nonce (401).');
    expect(pane().textContent).not.toContain('clock');
  });

  it('E8: names a lost response as a cause of a rejected proof, beside the clock', async () => {
    const { user } = show(failing(new ApiError('invalid-dpop-proof', '', { status: 401 })));
    await user.click(send());
    expect(pane().textContent).toMatch(/clock may be wrong. Or the request arrived twice/);
  });

  it('E8: does not say that the service rejected a token that the app threw away', async () => {
    const { user } = show(failing(new ApiError('needs-sign-in', '')));
    await user.click(send());
    expect(pane().textContent).toContain('This connection has no usable token any more.');
    expect(pane().textContent).not.toContain('reject');
  });

  it.each([
    ['token', 'Birdsong rejected it, and it can’t be refreshed.', 'fresh token'],
    ['refreshed-token', 'Birdsong rejected a fresh token too.', 'can’t be refreshed'],
  ] as const)('E8: says that a new token was rejected only if there was a refresh: %s', async (kind, words, others) => {
    const { user } = show(answering(noBody(401), { kind }));
    await user.click(send());
    expect(pane().textContent).toContain(words);
    expect(pane().textContent).not.toContain(others);
  });

  it('offers to sign in again if nothing else helps', async () => {
    const { user, onReconnect } = show(failing(new ApiError('needs-sign-in', '')));
    await user.click(send());
    await user.click(screen.getByRole('button', { name: 'Reconnect' }));
    expect(onReconnect).toHaveBeenCalledOnce();
  });

  it('says before anything is sent that there is no token', () => {
    show({ connection: connectionView({ status: { kind: 'needs-sign-in', reason: 'grant-refused', at: NOW } }) });
    expect(screen.getByText('Sign in to Birdsong again.')).toBeDefined();
    expect(screen.getAllByRole('button', { name: 'Reconnect' })).toHaveLength(1);
  });
});

describe('API-7: a rejection for a missing permission', () => {
  const readOnly = connectionView({ scope: ['openid', 'profile', 'posts:read', 'offline_access'] });

  it('offers the scopes that the service names', async () => {
    const refused = answering(noBody(403), { kind: 'scope', missing: ['posts:write'] });
    const { user, onAllow } = show({ connection: readOnly, ...refused });
    await user.click(send());
    await user.click(within(pane()).getByRole('button', { name: 'Allow this' }));
    expect(onAllow).toHaveBeenCalledExactlyOnceWith(['posts:write']);
  });

  it('offers a choice of missing scopes if the challenge cannot be read', async () => {
    const { user, onAllow } = show({ connection: readOnly, ...answering(noBody(403), { kind: 'unexplained' }) });
    await user.click(send());
    const choices = within(pane()).getByRole('group', { name: /More permission may be needed/ });
    expect(within(choices).getAllByRole('checkbox')).toHaveLength(2);
    await user.click(within(choices).getByRole('button', { name: 'Allow this' }));
    expect(onAllow).not.toHaveBeenCalled();
    expect(choices.textContent).toContain('Choose at least one.');
    await user.click(within(choices).getByRole('checkbox', { name: 'Post for you posts:write' }));
    await user.click(within(choices).getByRole('button', { name: 'Allow this' }));
    expect(onAllow).toHaveBeenCalledExactlyOnceWith(['posts:write']);
  });

  it('does not offer granted scopes', async () => {
    const { user } = show(answering(noBody(403), { kind: 'scope', missing: ['posts:write'] }));
    await user.click(send());
    expect(pane().textContent).toContain('Everything it asks for is already allowed.');
    expect(within(pane()).queryByRole('button', { name: 'Allow this' })).toBeNull();
  });
});

describe('the history of the console', () => {
  it('lists requests with their responses, and fills the form again', async () => {
    const { user, call } = show();
    await user.type(path(), 'posts');
    await user.click(send());
    call.mockRejectedValueOnce(new ApiError('unreachable', ''));
    await user.clear(path());
    await user.selectOptions(screen.getByLabelText('Method'), 'DELETE');
    await user.click(send());
    const time = formatClock(NOW);
    expect(past().map(({ textContent }) => textContent)).toEqual([`DELETE /failed ${time}`, `GET posts200 ${time}`]);
    await user.click(past()[1] as HTMLElement);
    expect((path() as HTMLInputElement).value).toBe('posts');
    expect(screen.getByLabelText<HTMLSelectElement>('Method').value).toBe('GET');
    expect(call).toHaveBeenCalledTimes(2);
  });

  const body = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Body' });
  const fill = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
  async function post(user: ReturnType<typeof userEvent.setup>, text: string) {
    await user.selectOptions(screen.getByLabelText('Method'), 'POST');
    fill(body(), text);
    await user.click(send());
  }

  it('restores the whole request: headers and body too', async () => {
    const { user, call } = show();
    fill(path(), 'posts');
    fill(headers(), 'Content-Type: application/json\nX-Trace: 7');
    await post(user, '{"text": "Hello"}');
    fill(path(), 'elsewhere');
    fill(headers(), '');
    await user.clear(body());
    await user.selectOptions(screen.getByLabelText('Method'), 'DELETE');
    expect(past()[0]?.textContent).toContain('{"text": "Hello"}');
    await user.click(past()[0] as HTMLElement);
    await user.click(send());
    const sent = { method: 'POST', body: '{"text": "Hello"}' };
    const named = { 'Content-Type': 'application/json', 'X-Trace': '7' };
    expect(call).toHaveBeenCalledTimes(2);
    expect(call).toHaveBeenLastCalledWith('posts', expect.objectContaining({ ...sent, headers: named }));
  });

  it('keeps text written for another method if the past request had no body', async () => {
    const { user } = show();
    await user.click(send());
    await user.selectOptions(screen.getByLabelText('Method'), 'POST');
    fill(body(), 'a long text');
    await user.click(past()[0] as HTMLElement);
    await user.selectOptions(screen.getByLabelText('Method'), 'POST');
    expect(body().value).toBe('a long text');
  });

  it('omits a body beyond its limit, and says so', async () => {
    const { user } = show();
    await post(user, 'x'.repeat(MAX_CHARACTERS + 1));
    expect(past()[0]?.textContent).toContain('Headers and body too long to keep.');
    await user.click(past()[0] as HTMLElement);
    expect(body().value).toBe('');
  });

  it('STO-4: contains no token, because none can be sent by hand', async () => {
    const { user, call } = show();
    fill(headers(), 'authorization: Bearer x');
    await user.click(send());
    expect(call).not.toHaveBeenCalled();
    expect(past()).toEqual([]);
  });

  it('M-14: belongs to one connection', async () => {
    const { user, unmount } = show();
    await user.click(send());
    expect(past()).toHaveLength(1);
    unmount();
    show({ connection: connectionView({ id: 'c2' }) });
    expect(past()).toEqual([]);
  });
});
