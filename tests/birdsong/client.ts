/** A client for Birdsong that uses oauth4webapi, independent of the project's own. */
import * as oauth from 'oauth4webapi';
import type { BirdsongServer } from '#tests/support/birdsong-server.ts';

/** Node's fetch sends any header; plain http is allowed because everything here runs on loopback. */
export const loopback = { [oauth.allowInsecureRequests]: true };

export const REDIRECT_URI = 'https://planner.example/callback';
const EVERY_SCOPE = 'openid profile email posts:read posts:write stats:read offline_access';
const EVERY_PERMISSION = ['email', 'posts-read', 'posts-write', 'stats-read', 'offline'];

export interface Flow {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** An authorization request that is ready to be opened. */
  readonly url: URL;
}

export async function discover(birdsong: BirdsongServer): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(birdsong.issuer);
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback });
  return oauth.processDiscoveryResponse(issuer, response);
}

export async function register(
  server: oauth.AuthorizationServer,
  metadata: Record<string, unknown> = {},
): Promise<oauth.Client> {
  const response = await oauth.dynamicClientRegistrationRequest(
    server,
    {
      client_name: 'Content Planner',
      client_uri: 'https://planner.example/',
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...metadata,
    },
    loopback,
  );
  return oauth.processDynamicClientRegistrationResponse(response);
}

/** Discovers, registers and builds an authorization request; `changes` sets parameters, or removes them with null. */
export async function startFlow(
  birdsong: BirdsongServer,
  changes: Readonly<Record<string, string | null>> = {},
  known?: oauth.Client,
): Promise<Flow> {
  const server = await discover(birdsong);
  const client = known ?? (await register(server));
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(String(server.authorization_endpoint));
  const parameters: Record<string, string | null> = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: REDIRECT_URI,
    scope: EVERY_SCOPE,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource: birdsong.resource,
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return { server, client, verifier, state, nonce, url };
}

/** Returns the value of an attribute, with character references resolved. */
export function attribute(markup: string, pattern: RegExp): string {
  const value = pattern.exec(markup)?.[1];
  if (value === undefined) throw new Error(`${pattern} is not in the page`);
  return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

export interface Answer {
  readonly user?: string;
  readonly permissions?: readonly string[];
  readonly decision?: 'allow' | 'deny';
  /** Overrides of the form's own values. */
  readonly guard?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens the consent page and posts its form to its action as a browser would. */
export async function consent(url: URL, answer: Answer = {}): Promise<Response> {
  const page = await fetch(url, { redirect: 'manual' });
  const markup = await page.text();
  const { user = 'lowtide', permissions = EVERY_PERMISSION, decision = 'allow' } = answer;
  const form = new URLSearchParams({ guard: answer.guard ?? attribute(markup, /name="guard" value="([^"]*)"/) });
  form.set('person', user);
  for (const permission of permissions) form.append('permission', permission);
  form.set('decision', decision);
  return fetch(new URL(attribute(markup, /<form method="post" action="([^"]*)"/), url), {
    method: 'POST',
    body: form,
    redirect: 'manual',
    ...(answer.headers === undefined ? {} : { headers: answer.headers }),
  });
}

/** Returns the location of a redirect. */
export function locationOf(response: Response): URL {
  return new URL(response.headers.get('location') ?? 'about:blank');
}

/** Redeems the code of a redirect. */
export async function redeem(
  birdsong: BirdsongServer,
  flow: Flow,
  location: URL,
): Promise<oauth.TokenEndpointResponse> {
  const parameters = oauth.validateAuthResponse(flow.server, flow.client, location, flow.state);
  const response = await oauth.authorizationCodeGrantRequest(
    flow.server,
    flow.client,
    oauth.None(),
    parameters,
    REDIRECT_URI,
    flow.verifier,
    { additionalParameters: { resource: birdsong.resource }, ...loopback },
  );
  const isOpenId = flow.url.searchParams.get('scope')?.includes('openid') === true;
  const expected = isOpenId ? { expectedNonce: flow.nonce, requireIdToken: true } : {};
  return oauth.processAuthorizationCodeResponse(flow.server, flow.client, response, expected);
}

export interface Connection {
  readonly flow: Flow;
  readonly tokens: oauth.TokenEndpointResponse;
}

/** Runs the whole flow and returns the tokens. */
export async function connect(
  birdsong: BirdsongServer,
  answer: Answer = {},
  changes: Readonly<Record<string, string | null>> = {},
): Promise<Connection> {
  const flow = await startFlow(birdsong, changes);
  return { flow, tokens: await redeem(birdsong, flow, locationOf(await consent(flow.url, answer))) };
}

export async function refresh({ flow, tokens }: Connection): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(
    flow.server,
    flow.client,
    oauth.None(),
    String(tokens.refresh_token),
    loopback,
  );
  return oauth.processRefreshTokenResponse(flow.server, flow.client, response);
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API, with JSON if a body is given. */
export function call(
  birdsong: BirdsongServer,
  token: string | undefined,
  path: string,
  options: Call = {},
): Promise<Response> {
  const { method = 'GET', body, headers } = options;
  return fetch(birdsong.resource + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

let keys = 0;

/** Posts with a new idempotency key. */
export async function post(
  birdsong: BirdsongServer,
  token: string,
  body: Readonly<Record<string, unknown>>,
): Promise<{ readonly id: string; readonly status: string; readonly published_at: string | null }> {
  const headers = { 'idempotency-key': `key-${keys++}` };
  const response = await call(birdsong, token, '/posts', { method: 'POST', body, headers });
  if (response.status !== 201)
    throw new Error(`Posting was answered with ${response.status}: ${await response.text()}`);
  return (await response.json()) as { id: string; status: string; published_at: string | null };
}
