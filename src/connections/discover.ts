import { bearerChallenge, type Challenge } from '#oauth/challenge.ts';
import { OAuthError } from '#oauth/errors.ts';
import { inStep, requireRule, type Exchange } from '#oauth/exchange.ts';
import { fetchResourceMetadata, scopeTokens } from '#oauth/resource-metadata.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

import type { FoundServer, FoundService } from './found-service.ts';
import type { Service } from './service.ts';
import { signInFailureOf, type SignInFailure } from './sign-in-failure.ts';

/**
 * The authorization server of a service that is known (M-1, M-2): as the deployer configured it, else by its own
 * description; for a resource, by the refused call and the resource's metadata.
 * @throws OAuthError
 */
export async function discoverServer(
  exchange: Exchange,
  service: Pick<Service, 'resource' | 'kind' | 'issuer' | 'endpoints'>,
): Promise<ServerMetadata> {
  const { issuer: expected, endpoints } = service;
  // DISC-13: that a configured server knows S256 is the deployer's word.
  if (expected !== undefined && endpoints) {
    return { issuer: expected, ...endpoints, code_challenge_methods_supported: ['S256'] };
  }
  if (service.kind === 'server' && expected !== undefined) return fetchServerMetadata(exchange, expected);
  const challenge = await unauthorizedChallenge(exchange, service.resource);
  const metadata = await fetchResourceMetadata(exchange, service.resource, challenge?.parameters.resource_metadata);
  const named = metadata.authorization_servers;
  // DISC-6: of several the app does not choose.
  const only = named.length === 1 ? named[0] : undefined;
  const issuer = expected === undefined ? only : named.find((one) => one === expected);
  exchange.onCheck({
    rule: 'server-is-named',
    outcome: issuer === undefined ? 'failed' : 'passed',
    ...(expected !== undefined && { expected, actual: named.join(' ').slice(0, 300) }),
  });
  if (issuer === undefined && expected !== undefined) {
    const change = { from: expected, to: named };
    throw new OAuthError('server-changed', 'the resource does not name the server that is expected', {
      step: 'resource-metadata',
      change,
    });
  }
  if (issuer === undefined) {
    throw new OAuthError('no-authorization-server', 'the resource names several servers', {
      step: 'resource-metadata',
    });
  }
  return requireNamed(exchange, metadata.resource, await fetchServerMetadata(exchange, issuer));
}

/** DISC-6: a server that lists the resources it looks after has to list this one (RFC 9728 §4), else anyone could name it. */
function requireNamed(exchange: Exchange, resource: string, server: ServerMetadata): ServerMetadata {
  const { protected_resources: listed } = server;
  if (listed === undefined) return server;
  const check = { rule: 'resource-is-listed', expected: resource, actual: listed.join(' ').slice(0, 300) } as const;
  requireRule(exchange, listed.includes(resource), check, 'resource-mismatch', { step: 'server-metadata' });
  return server;
}

/** Nothing usable at an address: what was asked, and what came of each. */
export class NothingFound extends Error {
  override readonly name = 'NothingFound';
  readonly asked: readonly SignInFailure[];

  constructor(asked: readonly SignInFailure[]) {
    super('no resource and no authorization server at this address');
    this.asked = asked;
  }
}

/**
 * Finds out what an address is that somebody typed: a protected resource (RFC 9728), else an authorization server (RFC 8414,
 * OpenID Connect Discovery). Only descriptions are read; nothing is registered.
 * @param address an https address, or http on this machine
 * @throws NothingFound | OAuthError `cancelled`
 */
export async function findService(exchange: Exchange, address: string): Promise<FoundService> {
  const asked: SignInFailure[] = [];
  const challenge = await unauthorizedChallenge(exchange, address);
  const named = challenge?.parameters.resource_metadata;
  const resource = await firstOf(address, asked, (written) => fetchResourceMetadata(exchange, written, named));
  const neededScopes = scopeTokens((challenge?.parameters.scope ?? '').split(' '));
  if (resource) {
    const [first, ...others] = resource.authorization_servers;
    const servers: [FoundServer, ...FoundServer[]] = [await describe(exchange, resource.resource, first)];
    for (const issuer of others) servers.push(await describe(exchange, resource.resource, issuer));
    return {
      resource: { identifier: resource.resource, ...(resource.name !== undefined && { name: resource.name }) },
      scopes: resource.scopes_supported ?? scopesOf(servers),
      neededScopes,
      servers,
    };
  }
  const metadata = await firstOf(address, asked, (written) => fetchServerMetadata(exchange, written));
  if (!metadata) throw new NothingFound(asked);
  const { issuer, scopes_supported: scopes = [] } = metadata;
  return { scopes, neededScopes: [], servers: [{ kind: 'usable', issuer, metadata }] };
}

/** An address as it was typed, then with its last slash the other way: people do not type identifiers, and those are exact. */
async function firstOf<T>(
  address: string,
  asked: SignInFailure[],
  task: (written: string) => Promise<T>,
): Promise<T | undefined> {
  const first: SignInFailure[] = [];
  const found = await orNote(first, () => task(address));
  asked.push(...first);
  if (found !== undefined || !first.some(({ code }) => code === 'resource-mismatch' || code === 'issuer-mismatch')) {
    return found;
  }
  return orNote([], () => task(address.endsWith('/') ? address.slice(0, -1) : `${address}/`));
}

async function describe(exchange: Exchange, resource: string, issuer: string): Promise<FoundServer> {
  const asked: SignInFailure[] = [];
  const metadata = await orNote(asked, async () =>
    requireNamed(exchange, resource, await fetchServerMetadata(exchange, issuer)),
  );
  if (metadata) return { kind: 'usable', issuer, metadata };
  return { kind: 'unusable', issuer, failure: asked[0] ?? { code: 'not-found' } };
}

const scopesOf = (servers: readonly FoundServer[]): readonly string[] =>
  servers.flatMap((server) => (server.kind === 'usable' ? (server.metadata.scopes_supported ?? []) : []));

/** Runs a step of the search; a failure is noted, and the search goes on unless it was cancelled. */
async function orNote<T>(asked: SignInFailure[], task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    const failure = signInFailureOf(error);
    if (!failure || failure.code === 'cancelled') throw error;
    asked.push(failure);
    return undefined;
  }
}

/** DISC-4: a header, or an answer, that script may not read is no reason to stop: the well-known address is tried next. */
async function unauthorizedChallenge(exchange: Exchange, resource: string): Promise<Challenge | undefined> {
  try {
    const ask = exchange.fetchFor('unauthorized-call');
    const refused = await inStep('unauthorized-call', () => ask(resource, { signal: exchange.signal }));
    return bearerChallenge(refused.headers.get('www-authenticate'));
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
