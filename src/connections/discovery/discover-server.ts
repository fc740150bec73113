import type { Service } from '#connections/services/service.ts';
import { namedMetadata } from '#oauth/challenge.ts';
import { OAuthError } from '#oauth/errors.ts';
import { inStep, requireRule, type Exchange } from '#oauth/exchange.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

import { resourceBinding, servingResource } from './dpop-requirement.ts';

/** What is to be known before a sign-in. */
export interface Discovered {
  server: ServerMetadata;
  /** The resource takes bound tokens alone. */
  requiresBinding: boolean;
}

/**
 * The authorization server of a service that is known (M-1, M-2): as the deployer configured it, else by its own
 * description; for a resource, by the refused call and the resource's metadata.
 * @throws OAuthError
 */
export async function discoverServer(
  exchange: Exchange,
  service: Pick<Service, 'resource' | 'kind' | 'issuer' | 'endpoints'>,
): Promise<Discovered> {
  const { issuer: expected, endpoints } = service;
  // DISC-13: that a configured server knows S256 is the deployer's word.
  if (expected !== undefined && endpoints) {
    const server = { issuer: expected, ...endpoints, code_challenge_methods_supported: ['S256'] };
    return { server, requiresBinding: false };
  }
  if (service.kind === 'server' && expected !== undefined) {
    return { server: await fetchServerMetadata(exchange, expected), requiresBinding: false };
  }
  const challenge = await challengeOf(exchange, service.resource);
  const metadata = await fetchResourceMetadata(exchange, service.resource, namedMetadata(challenge));
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
  const server = requireNamed(exchange, metadata.resource, await fetchServerMetadata(exchange, issuer));
  const binding = resourceBinding(challenge, metadata);
  return { server: servingResource(server, binding), requiresBinding: binding.isRequired };
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

/** The challenges of a refusal as it wrote them, as far as this page may read them. */
export function challengeIn(refusal: Response): string | null {
  return refusal.headers.get('www-authenticate');
}

/** DISC-4: a header, or an answer, that script may not read is no reason to stop: the well-known address is tried next. */
async function challengeOf(exchange: Exchange, resource: string): Promise<string | null> {
  try {
    return challengeIn(await unauthorizedCall(exchange, resource));
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return null;
    throw error;
  }
}
