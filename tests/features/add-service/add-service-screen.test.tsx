import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type {
  DiscoveredServer,
  DiscoveredService,
  DiscoveryAttempt,
  DiscoveryState,
} from '#connections/discovery/discovered-service.ts';
import type { SignInFailure, SignInFailureCode } from '#connections/failure.ts';
import { AddServiceScreen, type AddServiceScreenProps } from '#features/add-service/add-service-screen.tsx';

const ADDRESS = 'https://api.hafen.example/v2';
const ISSUER = 'https://login.xn--hfen-loa.example';
const REDIRECT_URI = 'https://planner.example/callback/0123456789abcdef';

type Usable = Extract<DiscoveredServer, { kind: 'usable' }>;

function usable(issuer = ISSUER, more: Partial<Usable['metadata']> = {}): Usable {
  return {
    kind: 'usable',
    issuer,
    metadata: {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      registration_endpoint: `${issuer}/register`,
      code_challenge_methods_supported: ['S256'],
      ...more,
    },
  };
}
function withoutRegistration(): Usable {
  const { metadata, ...rest } = usable();
  const { registration_endpoint: _none, ...others } = metadata;
  return { ...rest, metadata: others };
}
const closed: DiscoveredServer = {
  kind: 'unusable',
  issuer: 'https://id.quay.example',
  failure: { code: 'pkce-unsupported', step: 'server-metadata' },
  asked: [
    { kind: 'failed', code: 'unreadable', step: 'server-metadata', url: 'https://id.quay.example/.well-known/a' },
    { kind: 'failed', code: 'pkce-unsupported', step: 'server-metadata', url: 'https://id.quay.example/.well-known/b' },
  ],
};
const hafen: DiscoveredService = {
  resource: { identifier: ADDRESS, name: 'Hafen' },
  scopes: ['profile:read', 'posts:read', 'posts:write', 'media:write', 'account:admin'],
  neededScopes: ['profile:read', 'posts:read'],
  servers: [usable()],
  requiresBinding: false,
};
const foundSearch = (changes: Partial<DiscoveredService> = {}): DiscoveryState => ({
  kind: 'found',
  url: ADDRESS,
  found: { ...hafen, ...changes },
});
const nothing: DiscoveryState = {
  kind: 'nothing',
  url: 'https://quay.example',
  asked: [
    { kind: 'failed', code: 'unreadable', step: 'resource-probe', url: 'https://quay.example/' },
    {
      kind: 'failed',
      code: 'not-found',
      step: 'server-metadata',
      url: 'https://quay.example/.well-known/x',
      status: 404,
    },
  ],
};

/** The members of all groups side by side, so that a test names only what it changes. */
type Flat = Omit<AddServiceScreenProps, 'client' | 'actions'> &
  AddServiceScreenProps['client'] &
  AddServiceScreenProps['actions'];

function show(changes: Partial<Flat> = {}) {
  const props: Flat = {
    search: { kind: 'idle' },
    redirectUri: REDIRECT_URI,
    documentId: undefined,
    attempt: { kind: 'idle' },
    isOnline: true,
    isHttpAllowed: () => false,
    onSearch: vi.fn(),
    onStop: vi.fn(),
    onChange: vi.fn(),
    onChoose: vi.fn(),
    onConnect: vi.fn(),
    onCancel: vi.fn(),
    ...changes,
  };
  const { onSearch, onStop, onChange, onChoose, onConnect, onCancel } = props;
  const actions = { onSearch, onStop, onChange, onChoose, onConnect, onCancel };
  const view = ({ search, attempt, isOnline, isHttpAllowed, redirectUri, documentId, filled }: Flat) => (
    <AddServiceScreen
      {...{ search, attempt, isOnline, isHttpAllowed, actions }}
      client={{ redirectUri, documentId }}
      {...(filled && { filled })}
    />
  );
  const { rerender } = render(view(props));
  return {
    ...props,
    update: (more: Partial<Flat>) => {
      rerender(view({ ...props, ...more }));
    },
  };
}

const field = () => screen.getByRole('textbox', { name: 'Service address' });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const connect = () => button('Connect');
const chosenScopes = () =>
  screen
    .getAllByRole<HTMLInputElement>('checkbox')
    .filter(({ checked }) => checked)
    .map((box) => box.closest('label')?.querySelector('code')?.textContent);
const descriptionOf = (element: HTMLElement) =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.querySelector(`[id="${id}"]`)?.textContent)
    .join(' ');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the URL field', () => {
  it('searches on Enter, and adds a missing https://', async () => {
    const { onSearch } = show();
    await userEvent.type(field(), 'api.hafen.example{Enter}');
    expect(onSearch).toHaveBeenCalledWith('https://api.hafen.example');
  });

  it('turns off autocorrection and autocapitalization', () => {
    show();
    expect(field().getAttribute('autocapitalize')).toBe('off');
    expect(field().getAttribute('spellcheck')).toBe('false');
    expect(field().getAttribute('inputmode')).toBe('url');
  });

  it('explains an invalid URL until it is valid', async () => {
    const { onSearch } = show();
    await userEvent.type(field(), 'http://api.hafen.example');
    expect(field().getAttribute('aria-invalid')).toBe('false');
    await userEvent.click(button('Look up'));
    expect(onSearch).not.toHaveBeenCalled();
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(descriptionOf(field())).toContain('has to begin with https://');
    expect(document.activeElement).toBe(field());
    await userEvent.clear(field());
    await userEvent.type(field(), 'api.hafen.example');
    expect(field().getAttribute('aria-invalid')).toBe('false');
  });
});

describe('the search', () => {
  it('shows what is being read, and can be cancelled', async () => {
    const { update, onStop } = show();
    update({ search: { kind: 'searching', url: ADDRESS } });
    expect(screen.getByText('Reading the metadata of api.hafen.example')).toBeDefined();
    expect(document.activeElement).toBe(button('Stop'));
    await userEvent.click(button('Stop'));
    expect(onStop).toHaveBeenCalledOnce();
  });

  it('moves the focus to the result and announces it, and back to the field', async () => {
    const { update, onChange } = show({ search: { kind: 'searching', url: ADDRESS } });
    update({ search: foundSearch() });
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Found' }));
    const spoken = screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(spoken).toContain('Found out how to sign in at api.hafen.example.');
    await userEvent.click(button('Change'));
    expect(onChange).toHaveBeenCalledOnce();
    update({ search: { kind: 'idle' } });
    expect(document.activeElement).toBe(field());
    expect(field()).toHaveProperty('value', ADDRESS);
  });
});

describe('the result', () => {
  it('shows the host in punycode, the registrable domain in bold, and its Unicode form (UI-1)', () => {
    show({ search: foundSearch() });
    expect(screen.getByText('xn--hfen-loa.example').tagName).toBe('B');
    expect(screen.getByText(/letters other than a–z/).textContent).toBe(
      'This address uses letters other than a–z and reads as login.häfen.example. Is that the site you expect?',
    );
  });

  it('shows the resource, and its name separately, as a claim (UI-2)', () => {
    const name = `\u202Enefah ${'x'.repeat(10_000)}`;
    show({ search: foundSearch({ resource: { identifier: ADDRESS, name } }) });
    const claim = screen.getByText(/^\u202Enefah/);
    expect(claim.tagName).toBe('BDI');
    expect(claim.textContent.length).toBeLessThan(100);
    expect(screen.getAllByText(ADDRESS).length).toBe(2);
  });

  it('leaves the choice among several servers to the user, and says why one is unusable (DISC-6)', async () => {
    const other = usable('https://other.example/tenant');
    const { onConnect, onChoose } = show({ search: foundSearch({ servers: [usable(), other, closed] }) });
    const radios = within(screen.getByRole('group', { name: 'Where do you want to sign in?' })).getAllByRole('radio');
    expect(radios.map((radio) => (radio as HTMLInputElement).checked)).toEqual([false, false]);
    expect(screen.getByText(/lacks a protection that browser apps need/)).toBeDefined();
    expect(screen.getByText('https://other.example/tenant')).toBeDefined();
    await userEvent.click(connect());
    expect(onConnect).not.toHaveBeenCalled();
    expect(descriptionOf(connect())).toBe('Choose where to sign in first.');
    await userEvent.click(screen.getByRole('radio', { name: 'other.example' }));
    expect(onChoose).toHaveBeenCalledWith('https://other.example/tenant');
    await userEvent.click(connect());
    expect(onConnect).toHaveBeenCalledWith({ issuer: other.issuer, scopes: hafen.neededScopes }, expect.anything());
  });

  it('shows each requested URL of an unusable server, and offers a report (DISC-7, API-9)', async () => {
    const user = userEvent.setup();
    show({ search: foundSearch({ servers: [usable(), closed] }) });
    await user.click(screen.getByText('Requests tried'));
    const asked = within(screen.getByRole('list', { name: 'Requests tried' })).getAllByRole('listitem');
    expect(asked.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/well-known\/aThe server responded, but .*Access-Control-Allow-Origin/),
      expect.stringMatching(/well-known\/bThe app asked .*PKCE/),
    ]);
    await user.click(button('Copy report about id.quay.example'));
    const report = await navigator.clipboard.readText();
    expect(report).toContain(
      'https://id.quay.example/.well-known/a: It responded, but scripts can’t read the response.',
    );
    expect(report).toContain('https://id.quay.example/.well-known/b: ');
  });

  it('needs no choice if only one server is usable', () => {
    const { onChoose } = show({ search: foundSearch({ servers: [closed, usable()] }) });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /xn--hfen-loa\.example/ }).checked).toBe(true);
    expect(onChoose).toHaveBeenCalledWith(ISSUER);
  });

  it('cannot be connected if no server is usable', () => {
    show({ search: foundSearch({ servers: [closed] }) });
    expect(connect().getAttribute('aria-disabled')).toBe('true');
    expect(descriptionOf(connect())).toContain('None of the authorization servers can be used');
  });

  it('says what protects the sign-in, and what is missing', () => {
    const { update } = show({ search: foundSearch() });
    expect(screen.getByText(/address used only for this server/)).toBeDefined();
    expect(screen.getByText(/offers no revocation/)).toBeDefined();
    const server = usable(ISSUER, {
      authorization_response_iss_parameter_supported: true,
      revocation_endpoint: `${ISSUER}/revoke`,
      jwks_uri: `${ISSUER}/keys`,
    });
    update({ search: foundSearch({ servers: [server] }) });
    expect(screen.getByText(/RFC 9207/)).toBeDefined();
    expect(screen.getByText('Disconnecting revokes the tokens at the server.')).toBeDefined();
    expect(screen.getByText(/the app verifies the signature/)).toBeDefined();
  });
});

describe('permissions', () => {
  it('start with the minimum (AUTH-7)', async () => {
    const { onConnect } = show({ search: foundSearch() });
    expect(screen.getByText('2 of 5 selected (minimum)')).toBeDefined();
    expect(chosenScopes()).toEqual(['profile:read', 'posts:read']);
    await userEvent.click(screen.getByRole('checkbox', { name: /posts:write/ }));
    expect(screen.getByText('3 of 5 selected')).toBeDefined();
    await userEvent.click(connect());
    expect(onConnect).toHaveBeenCalledWith(
      { issuer: ISSUER, scopes: ['profile:read', 'posts:read', 'posts:write'] },
      expect.anything(),
    );
  });

  it('start with identity and offline access for a service that names none', () => {
    const scopes = ['openid', 'email', 'offline_access', 'write:all'];
    show({ search: foundSearch({ scopes, neededScopes: [] }) });
    expect(chosenScopes()).toEqual(['openid', 'offline_access']);
    expect(screen.getByRole('checkbox', { name: /^Stay connected/ })).toBeDefined();
  });

  it('have a warning if they are broad, and are left to the user', () => {
    show({ search: foundSearch({ neededScopes: ['posts:read', 'account:admin'] }) });
    const admin = screen.getByRole<HTMLInputElement>('checkbox', { name: /account:admin/ });
    expect(admin.checked).toBe(false);
    expect(descriptionOf(admin)).toContain('Broad permission');
    expect(descriptionOf(screen.getByRole('checkbox', { name: /posts:read/ }))).not.toContain('Broad permission');
  });

  it('are typed if none are offered, and may stay empty', async () => {
    const { onConnect } = show({ search: foundSearch({ scopes: [], neededScopes: [] }) });
    await userEvent.click(connect());
    expect(onConnect).toHaveBeenLastCalledWith({ issuer: ISSUER, scopes: [] }, expect.anything());
    const scopes = screen.getByRole('textbox', { name: 'Scopes, separated by spaces' });
    await userEvent.type(scopes, 'posts:read "x"');
    expect(scopes.getAttribute('aria-invalid')).toBe('true');
    expect(connect().getAttribute('aria-disabled')).toBe('true');
    await userEvent.clear(scopes);
    await userEvent.type(scopes, 'posts:read  stats:read{Enter}');
    expect(onConnect).toHaveBeenLastCalledWith(
      { issuer: ISSUER, scopes: ['posts:read', 'stats:read'] },
      expect.anything(),
    );
  });
});

describe('how the app identifies itself', () => {
  it('is registration if the server offers it, with its risk', () => {
    show({ search: foundSearch() });
    const registration = screen.getByRole<HTMLInputElement>('radio', { name: /Dynamic registration/ });
    expect(registration.checked).toBe(true);
    expect(descriptionOf(registration)).toContain('Anyone can register any name');
  });

  it('can be a typed client id', async () => {
    const { onConnect } = show({ search: foundSearch() });
    await userEvent.click(screen.getByRole('radio', { name: 'Your own client ID' }));
    expect(descriptionOf(connect())).toBe('Enter a client ID first.');
    await userEvent.click(connect());
    expect(onConnect).not.toHaveBeenCalled();
    await userEvent.type(screen.getByRole('textbox', { name: 'Client ID' }), ' planner-7 ');
    await userEvent.click(connect());
    expect(onConnect).toHaveBeenCalledWith(
      { issuer: ISSUER, scopes: hafen.neededScopes, clientId: 'planner-7' },
      expect.anything(),
    );
  });

  it('must be a typed client id if no registration is offered; the redirect URI can be copied', async () => {
    const user = userEvent.setup();
    show({ search: foundSearch({ servers: [withoutRegistration()] }) });
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.getByText(/never paste a secret here/)).toBeDefined();
    expect(screen.getByText(REDIRECT_URI)).toBeDefined();
    await user.click(button('Copy redirect URI'));
    expect(await screen.findByText('Copied.')).toBeDefined();
    expect(await navigator.clipboard.readText()).toBe(REDIRECT_URI);
  });

  it('says so if the browser does not allow copying', async () => {
    const user = userEvent.setup();
    show({ search: foundSearch({ servers: [withoutRegistration()] }) });
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('', 'NotAllowedError'));
    await user.click(button('Copy redirect URI'));
    expect(await screen.findByText(/Copying was blocked/)).toBeDefined();
  });
});

describe('returning from the sign-in page', () => {
  const servers: [Usable, Usable] = [usable('https://one.example'), usable('https://two.example')];

  it('everything that was chosen is restored', async () => {
    const { onConnect } = show({ search: foundSearch({ servers }) });
    await userEvent.click(screen.getByRole('radio', { name: 'two.example' }));
    await userEvent.click(screen.getByRole('checkbox', { name: /posts:write/ }));
    await userEvent.click(screen.getByRole('radio', { name: 'Your own client ID' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Client ID' }), 'planner-7');
    await userEvent.click(connect());
    const [choice, filled] = vi.mocked(onConnect).mock.calls[0] ?? [];
    expect(filled).toBeDefined();
    cleanup();
    const again = show({ search: foundSearch({ servers }), ...(filled && { filled }) });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Client ID' }).value).toBe('planner-7');
    await userEvent.click(connect());
    expect(again.onConnect).toHaveBeenCalledWith(choice, filled);
  });

  it('another URL starts empty', () => {
    const filled = {
      address: 'https://elsewhere.example',
      issuer: 'https://two.example',
      typedScopes: '',
      way: 'own',
      clientId: 'planner-7',
      apiAddress: '',
      acceptsSilentPkce: false,
    } as const;
    show({ search: foundSearch({ servers }), filled });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'two.example' }).checked).toBe(false);
    expect(screen.queryByDisplayValue('planner-7')).toBeNull();
  });

  it('a server that is no longer usable is not selected', () => {
    const filled = {
      address: ADDRESS,
      issuer: closed.issuer,
      typedScopes: '',
      way: 'own',
      clientId: '',
      apiAddress: '',
      acceptsSilentPkce: false,
    } as const;
    show({ search: foundSearch({ servers: [...servers, closed] }), filled });
    expect(descriptionOf(connect())).toBe('Choose where to sign in first.');
  });
});

describe('connecting', () => {
  it('shows progress until the redirect, and can be cancelled', async () => {
    const { onConnect, onCancel, update } = show({ search: foundSearch() });
    update({ attempt: { kind: 'working', serviceId: 'hafen' } });
    const opening = button('Opening login.xn--hfen-loa.example…');
    await userEvent.click(opening);
    expect(onConnect).not.toHaveBeenCalled();
    await userEvent.click(button('Cancel'));
    expect(onCancel).toHaveBeenCalledOnce();
    await waitFor(() => {
      expect(document.activeElement).toBe(opening);
    });
  });

  it('shows why it failed, and what helps (UI-3)', () => {
    const attempt = { kind: 'failed', serviceId: 'hafen', code: 'timed-out', step: 'registration' } as const;
    show({ search: foundSearch(), attempt });
    const told = screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(told.some((text) => text.includes('took too long') && text.includes('Try again in a moment.'))).toBe(true);
  });
});

it('UI-2, REG-7: shows the server’s error for a rejected registration, and its description separately as plain text', () => {
  const attempt = {
    kind: 'failed',
    serviceId: 'hafen',
    code: 'oauth-error',
    step: 'registration',
    status: 400,
    serverError: 'invalid_redirect_uri',
    serverDescription: '\u202E<b>no</b>',
  } as const;
  show({ search: foundSearch(), attempt });
  expect(screen.getByText(/didn’t register this app\.$/)).toBeDefined();
  expect(screen.getByText(/asked login\.xn--hfen-loa\.example’s authorization server to register it/)).toBeDefined();
  expect(screen.getByText('error=invalid_redirect_uri').tagName).toBe('BDI');
  expect(screen.getByText('error_description="\u202E<b>no</b>"').tagName).toBe('BDI');
  expect(screen.getByText('Status: 400')).toBeDefined();
  expect(screen.getByRole('radio', { name: 'Your own client ID' })).toBeDefined(); // The other way round.
});

it('shows the headers that an unreadable registration response needs (API-9)', () => {
  const url = `${ISSUER}/register`;
  const attempt = { kind: 'failed', serviceId: 'hafen', code: 'unreachable', step: 'registration', url } as const;
  show({ search: foundSearch(), attempt });
  expect(screen.getByText(/Access-Control-Allow-Headers: Content-Type/).textContent).toContain(
    'Access-Control-Allow-Methods: POST',
  );
});

it('shows a failure with the server that caused it, whatever is selected since', async () => {
  const search = foundSearch({ servers: [usable('https://one.example'), usable('https://two.example')] });
  const { update } = show({ search });
  await userEvent.click(screen.getByRole('radio', { name: 'one.example' }));
  await userEvent.click(connect());
  update({ search, attempt: { kind: 'failed', serviceId: 'hafen', code: 'timed-out', step: 'registration' } });
  await userEvent.click(screen.getByRole('radio', { name: 'two.example' }));
  expect(screen.getByText('one.example took too long.')).toBeDefined();
});

const failed = (code: SignInFailureCode, more: Partial<SignInFailure> = {}): DiscoveryAttempt => ({
  kind: 'failed',
  code,
  step: 'server-metadata',
  url: 'https://quay.example/.well-known/x',
  ...more,
});

describe('nothing found, from outside', () => {
  const showNothing = (...asked: DiscoveryAttempt[]) => show({ search: { kind: 'nothing', url: ADDRESS, asked } });

  it.each<[string, DiscoveryAttempt[], RegExp]>([
    ['B7: a server that is down', [failed('unreachable')], /^The server doesn’t respond\./],
    [
      'B7: a server that is up and hides from browser apps',
      [failed('unreadable')],
      /^The server doesn’t allow browser apps\./,
    ],
    [
      'B7: a redirect',
      [failed('redirected', { location: 'https://quay.example/login' })],
      /redirects the request.*to https:\/\/quay\.example\/login/,
    ],
    [
      'B9: a document that was refused',
      [failed('unreadable'), failed('unsafe-url', { member: 'token_endpoint' }), failed('not-found')],
      /token_endpoint is not encrypted/,
    ],
    [
      'B9: a document without an endpoint',
      [failed('web-page'), failed('endpoint-missing', { member: 'token_endpoint' })],
      /token_endpoint is missing/,
    ],
    ['E2: a server that failed', [failed('not-found'), failed('http-5xx', { status: 500 })], /had an error/],
    ['B7: web pages alone', [failed('web-page', { status: 200 })], /publishes no sign-in metadata/],
  ])('%s is called by its name', (_name, asked, text) => {
    showNothing(...asked);
    const [callout] = screen.getAllByText(text);
    expect(callout?.closest('p')?.textContent).toMatch(text);
  });

  it('B7: a web page in the place of JSON is called a web page', () => {
    showNothing(failed('web-page', { status: 200 }));
    expect(screen.getByRole('listitem').textContent).toContain('got a web page instead of data');
  });

  it.each([
    ['B3', 'resource-metadata', 'It describes https://api.hafen.example. Search there?'],
    ['B9', 'server-metadata', 'The authorization server calls itself https://api.hafen.example. Search there?'],
  ] as const)('%s: another address on the same host is offered', async (_id, step, text) => {
    const named = 'https://api.hafen.example';
    const { onSearch } = showNothing(
      failed('resource-mismatch', { step, named }),
      failed('not-found', { step, named }),
    );
    expect(
      screen.getAllByText((_content, element) => element?.tagName === 'P' && element.textContent.includes(text)),
    ).toHaveLength(1);
    await userEvent.click(button(`Search ${named}`));
    expect(onSearch).toHaveBeenCalledWith(named);
  });

  it('B5: says that the header is malformed', () => {
    showNothing({ kind: 'answered', url: ADDRESS, status: 401, namesMetadata: true, isMalformed: true });
    expect(screen.getByRole('listitem').textContent).toContain('Its WWW-Authenticate header is malformed.');
  });
});

describe('what was found, from outside', () => {
  it('B2: a server silent about PKCE is connected after a tick, and the report names what it lacks', async () => {
    const user = userEvent.setup();
    const silent = usable();
    delete silent.metadata.code_challenge_methods_supported;
    const { onConnect } = show({ search: foundSearch({ servers: [silent] }) });
    expect(screen.getByText('This server does not say that it checks PKCE. Many that stay silent do.')).toBeDefined();
    await user.click(connect());
    expect(onConnect).not.toHaveBeenCalled();
    await user.click(button(/^Copy report/));
    expect(await navigator.clipboard.readText()).toContain('code_challenge_methods_supported');
    await user.click(screen.getByRole('checkbox', { name: 'Connect anyway' }));
    await user.click(connect());
    expect(onConnect).toHaveBeenCalledWith(
      { issuer: ISSUER, scopes: hafen.neededScopes, acceptsSilentPkce: true },
      expect.objectContaining({ acceptsSilentPkce: true }),
    );
  });

  it('B6: endpoints that were left out are named', () => {
    show({ search: foundSearch({ servers: [{ ...usable(), omitted: ['userinfo_endpoint'] }] }) });
    expect(screen.getByText('Left out, because they aren’t safe addresses: userinfo_endpoint.')).toBeDefined();
  });

  it('E2: says what could not be read of the address as an API, and searches again', async () => {
    const { resource: _resource, ...server } = hafen;
    const unreadResource = { code: 'unreachable', step: 'resource-metadata' } as const;
    const { onSearch } = show({ search: { kind: 'found', url: ADDRESS, found: { ...server, unreadResource } } });
    expect(screen.getByText('What this address says as an API couldn’t be read.')).toBeDefined();
    await userEvent.click(button('Search again'));
    expect(onSearch).toHaveBeenCalledWith(ADDRESS);
  });

  it('B11: other scopes, and the address of an API that the server does not name', async () => {
    const { resource: _resource, ...server } = hafen;
    const { onConnect } = show({ search: { kind: 'found', url: ADDRESS, found: server } });
    await userEvent.type(screen.getByRole('textbox', { name: 'Other scopes, separated by spaces' }), 'x:y posts:read');
    const api = screen.getByRole('textbox', { name: 'API address' });
    await userEvent.type(api, 'http://api.example');
    await userEvent.click(connect());
    expect(onConnect).not.toHaveBeenCalled();
    await userEvent.clear(api);
    await userEvent.type(api, 'api.example/v1');
    await userEvent.click(connect());
    expect(onConnect).toHaveBeenCalledWith(
      { issuer: ISSUER, scopes: [...hafen.neededScopes, 'x:y'], apiAddress: 'https://api.example/v1' },
      expect.anything(),
    );
  });

  it('B12: says what it means that nothing is selected', async () => {
    show({ search: foundSearch({ scopes: ['a', 'b'], neededScopes: [] }) });
    expect(screen.getByText(/^Nothing is selected/)).toBeDefined();
    await userEvent.click(screen.getByRole('checkbox', { name: 'a' }));
    expect(screen.queryByText(/^Nothing is selected/)).toBeNull();
  });

  it('B10: says how many scopes are not shown', () => {
    const scopes = Array.from({ length: 150 }, (_, index) => `s${index}`);
    show({ search: foundSearch({ scopes, neededScopes: [] }) });
    expect(screen.getAllByRole('checkbox')).toHaveLength(100);
    expect(screen.getByText(/^50 more not shown/)).toBeDefined();
  });
});

describe('nothing found', () => {
  it('lists each request with its result, and the missing headers (API-9)', () => {
    const { update } = show({ search: { kind: 'searching', url: 'https://quay.example' } });
    update({ search: nothing });
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Nothing usable was found' }));
    expect(screen.getAllByText(/\(CORS\)/)).not.toHaveLength(0);
    const asked = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(asked[0]).toContain(
      'https://quay.example/The server responded, but doesn’t let browser apps read it (CORS).',
    );
    expect(asked[1]).toContain('https://quay.example/.well-known/x');
    expect(asked[1]).toContain('Status: 404');
    expect(screen.getAllByText(/Access-Control-Expose-Headers: WWW-Authenticate/)).not.toHaveLength(0);
  });

  it('DISC-7: groups URLs with the same result, and lists each of them', () => {
    const at = (path: string) => `https://quay.example/.well-known/${path}`;
    const missing = (path: string) =>
      ({ kind: 'failed', code: 'not-found', step: 'server-metadata', url: at(path), status: 404 }) as const;
    const other = { ...missing('b'), status: 403 };
    show({ search: { ...nothing, asked: [missing('a'), other, missing('c'), missing('c')] } });
    const [alike, alone, ...more] = screen.getAllByRole('listitem');
    expect(more).toEqual([]);
    expect([...(alike?.querySelectorAll('code') ?? [])].map(({ textContent }) => textContent)).toEqual([
      at('a'),
      at('c'),
    ]);
    expect(alike?.textContent?.match(/The app asked/g)).toHaveLength(1);
    expect(alone?.textContent).toContain('Status: 403');
  });

  it('lists the headers that each unread response needs, and for no other', () => {
    const url = 'https://quay.example/.well-known/y';
    const asked = [...nothing.asked, { kind: 'failed', code: 'unreadable', step: 'server-metadata', url } as const];
    show({ search: { ...nothing, asked } });
    const [call, missing, metadata] = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(call).toContain('Access-Control-Allow-Origin or Access-Control-Expose-Headers is missing.');
    expect(missing).not.toContain('Access-Control');
    expect(metadata).toContain('Access-Control-Allow-Origin is missing.');
    expect(screen.getByText('The readable responses don’t say how to sign in.')).toBeDefined();
  });

  it.each([
    [401, false, 'WWW-Authenticate has no metadata URL or isn’t exposed'],
    [401, true, 'named its metadata URL'],
    [200, false, 'without asking for sign-in'],
  ])('says how the call without a token ended: %i, %s', (status, namesMetadata, words) => {
    const call = { kind: 'answered', url: 'https://quay.example/', status, namesMetadata } as const;
    show({ search: { ...nothing, asked: [call] } });
    expect(screen.getByRole('listitem').textContent).toContain(words);
    expect(screen.getByRole('listitem').textContent).toContain(`Status: ${status}`);
  });

  it('can be retried and reported', async () => {
    const user = userEvent.setup();
    const { onSearch } = show({ search: nothing });
    await user.click(button('Try again'));
    expect(onSearch).toHaveBeenCalledWith('https://quay.example');
    await user.click(button('Copy report'));
    await screen.findByText('Copied.');
    const report = await navigator.clipboard.readText();
    expect(report).toContain(`The app runs at: ${location.origin}`);
    expect(report).toContain('https://quay.example/.well-known/x');
  });

  it('blames the network if this device is offline', () => {
    show({ search: nothing, isOnline: false });
    expect(screen.getByText('You’re offline.')).toBeDefined();
    expect(screen.queryByText(/\(CORS\)/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Copy report' })).toBeNull();
  });

  it('blames no headers if every response could be read', () => {
    show({ search: { ...nothing, asked: nothing.asked.slice(1) } });
    expect(screen.getByText('The service responded, but publishes no sign-in metadata.')).toBeDefined();
    expect(screen.queryByText(/\(CORS\)/)).toBeNull();
  });
});

describe('what protects the sign-in (M-20)', () => {
  const shown = (metadata: Partial<Usable['metadata']>, requiresBinding = false) => {
    show({ search: foundSearch({ servers: [usable(ISSUER, metadata)], requiresBinding }) });
    return document.body.textContent;
  };

  it('is the strongest that the server supports, in plain words', () => {
    const text = shown({
      dpop_signing_alg_values_supported: ['ES256'],
      pushed_authorization_request_endpoint: `${ISSUER}/par`,
    });
    expect(text).toContain('tokens that work only with this browser’s key (DPoP): useless if stolen.');
    expect(text).toContain('take the request directly (PAR)');
  });

  it('is reported as missing if the server supports none', () => {
    const text = shown({});
    expect(text).toContain('until it expires (no DPoP)');
    expect(text).toContain('visible in the sign-in URL');
  });

  it('is reported as impossible if the service requires other algorithms (DPOP-9)', () => {
    expect(shown({ dpop_signing_alg_values_supported: ['EdDSA'] }, true)).toContain('it can’t connect');
  });

  it('E8: an unsupported DPoP algorithm disables Connect and says why (DPOP-9)', () => {
    const text = shown({ dpop_signing_alg_values_supported: ['EdDSA'] }, true);
    expect(connect().getAttribute('aria-disabled')).toBe('true');
    expect(text).toContain('this server doesn’t support this app’s kind of key (ES256)');
  });

  it('E8: keeps openid offered without jwks_uri, and says that the identity is not verified', () => {
    expect(shown({})).toContain('The server publishes no keys, so your identity can’t be verified.');
    expect(connect().getAttribute('aria-disabled')).not.toBe('true');
  });
});

describe('the client metadata document (REG-1)', () => {
  const DOCUMENT = 'https://planner.example/client-metadata.json';
  const takesDocuments = {
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
  };

  it('is preferred over registration if the server supports it and this deployment has one', async () => {
    const { onConnect } = show({
      search: foundSearch({ servers: [usable(ISSUER, takesDocuments)] }),
      documentId: DOCUMENT,
    });
    expect(screen.getByRole('radio', { name: /Client metadata document/ })).toHaveProperty('checked', true);
    expect(document.body.textContent).toContain(DOCUMENT);
    expect(screen.queryByRole('radio', { name: /Dynamic registration/ })).toBeNull();
    await userEvent.click(connect());
    expect(onConnect).toHaveBeenCalledWith(
      { issuer: ISSUER, scopes: ['profile:read', 'posts:read'] },
      expect.objectContaining({ way: 'automatic' }),
    );
  });

  it('is not mentioned if this deployment has none', () => {
    show({ search: foundSearch({ servers: [usable(ISSUER, takesDocuments)] }) });
    expect(screen.getByRole('radio', { name: /Dynamic registration/ })).toHaveProperty('checked', true);
  });
});
