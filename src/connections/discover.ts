import { bearerChallenge, type Challenge } from '#oauth/challenge.ts';
import { OAuthError } from '#oauth/errors.ts';
import { inStep, requireRule, type Exchange } from '#oauth/exchange.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

import type { Service } from './service.ts';

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
  if (issuer === undefined) {
    throw new OAuthError('no-authorization-server', 'the resource does not name the server that is expected', {
      step: 'resource-metadata',
    });
  }
  return requireNamed(exchange, metadata.resource, await fetchServerMetadata(exchange, issuer));
}

/** DISC-6: a server that lists the resources it looks after has to list this one (RFC 9728 §4), else anyone could name it. */
export function requireNamed(exchange: Exchange, resource: string, server: ServerMetadata): ServerMetadata {
  const { protected_resources: listed } = server;
  if (listed === undefined) return server;
  const check = { rule: 'resource-is-listed', expected: resource, actual: listed.join(' ').slice(0, 300) } as const;
  requireRule(exchange, listed.includes(resource), check, 'resource-mismatch', { step: 'server-metadata' });
  return server;
}

/**
 * Asks a resource without a token: its refusal may say where its description stands (RFC 9728 §5.1).
 * @throws OAuthError
 */
export function unauthorizedCall(exchange: Exchange, resource: string): Promise<Response> {
  const ask = exchange.fetchFor('unauthorized-call');
  return inStep('unauthorized-call', () => ask(resource, { signal: exchange.signal }), resource);
}

/** The challenge of a refusal, as far as this page may read it. */
export function challengeIn(refusal: Response): Challenge | undefined {
  return bearerChallenge(refusal.headers.get('www-authenticate'));
}

/** DISC-4: a header, or an answer, that script may not read is no reason to stop: the well-known address is tried next. */
async function unauthorizedChallenge(exchange: Exchange, resource: string): Promise<Challenge | undefined> {
  try {
    return challengeIn(await unauthorizedCall(exchange, resource));
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
