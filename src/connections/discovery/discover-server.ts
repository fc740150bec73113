import type { Service } from '#connections/services/service.ts';
import { challengedMetadataUrl } from '#oauth/challenge.ts';
import { OAuthError } from '#oauth/errors.ts';
import { withStep, assertRule, type FlowContext } from '#oauth/flow-context.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';
import { isSameIssuer } from '#oauth/well-known.ts';

import { resourceBinding, restrictToResourceAlgs } from './dpop-requirement.ts';

/** What discovery finds out before a sign-in. */
export interface Discovered {
  server: ServerMetadata;
  /** True if the resource only accepts bound tokens. */
  requiresBinding: boolean;
}

/**
 * Discovers the authorization server of a known service (M-1, M-2): from the deployer's configuration, else from the
 * server's metadata. For a resource, the unauthorized call and the resource's metadata name the server.
 * @throws OAuthError
 */
export async function discoverServer(
  context: FlowContext,
  service: Pick<Service, 'resource' | 'kind' | 'issuer' | 'endpoints' | 'pkce' | 'requiresBinding'>,
): Promise<Discovered> {
  const { issuer: expected, endpoints } = service;
  // DISC-13: the deployer vouches that a server whose endpoints are configured supports S256; the deployer or the user may
  // vouch for one that publishes metadata and does not say so.
  const vouched = { allowSilentPkce: service.pkce === 'S256' };
  if (expected !== undefined && endpoints) {
    const server = { issuer: expected, ...endpoints, code_challenge_methods_supported: ['S256'] };
    return { server, requiresBinding: false };
  }
  if (service.kind === 'server' && expected !== undefined) {
    const server = await fetchServerMetadata(context, expected, vouched);
    return { server, requiresBinding: service.requiresBinding === true };
  }
  const challenge = await challengeOf(context, service.resource);
  const metadata = await fetchResourceMetadata(context, service.resource, challengedMetadataUrl(challenge));
  const named = metadata.authorization_servers;
  // DISC-6: the app does not choose between several servers.
  const only = named.length === 1 ? named[0] : undefined;
  const issuer = expected === undefined ? only : serverAmong(named, expected, metadata.resource);
  context.onCheck({
    rule: 'server-is-named',
    outcome: issuer === undefined ? 'failed' : 'passed',
    ...(expected !== undefined && { expected, actual: named.join(' ').slice(0, 300) }),
  });
  if (issuer === undefined && expected !== undefined && named.length > 0) {
    const change = { from: expected, to: named };
    throw new OAuthError('server-changed', 'the resource does not name the server that is expected', {
      step: 'resource-metadata',
      change,
    });
  }
  if (issuer === undefined) {
    throw new OAuthError('no-authorization-server', 'the resource names no server, or several', {
      step: 'resource-metadata',
    });
  }
  const server = requireNamed(context, metadata.resource, await fetchServerMetadata(context, issuer, vouched));
  const binding = resourceBinding(challenge, metadata);
  return { server: restrictToResourceAlgs(server, binding), requiresBinding: binding.isRequired };
}

/**
 * Returns the expected server if the resource names it. A resource that names none leaves the choice to the app, which
 * accepts the server at the root of the resource's own origin.
 */
function serverAmong(named: readonly string[], expected: string, resource: string): string | undefined {
  const accepted = named.length > 0 ? named : [new URL(resource).origin];
  return accepted.find((one) => isSameIssuer(one, expected));
}

/**
 * Requires a server that lists its protected resources to list this one (RFC 9728 §4); otherwise any resource could
 * name it (DISC-6).
 * @throws OAuthError `resource-mismatch`
 */
export function requireNamed(context: FlowContext, resource: string, server: ServerMetadata): ServerMetadata {
  const { protected_resources: listed } = server;
  if (listed === undefined) return server;
  const check = { rule: 'resource-is-listed', expected: resource, actual: listed.join(' ').slice(0, 300) } as const;
  assertRule(context, listed.includes(resource), check, 'resource-mismatch', { step: 'server-metadata' });
  return server;
}

/**
 * Calls a resource without a token: the 401 response may link to its metadata (RFC 9728 §5.1).
 * @throws OAuthError
 */
export function unauthorizedCall(context: FlowContext, resource: string): Promise<Response> {
  const ask = context.fetchFor('resource-probe');
  return withStep('resource-probe', () => ask(resource, { signal: context.signal ?? null }), resource);
}

/** Returns the raw `WWW-Authenticate` header of a response, or null if it is missing or CORS hides it. */
export function challengeIn(response: Response): string | null {
  return response.headers.get('www-authenticate');
}

/**
 * Returns null if CORS hides the header or the whole response: discovery then continues at the well-known URL (DISC-4).
 */
async function challengeOf(context: FlowContext, resource: string): Promise<string | null> {
  try {
    return challengeIn(await unauthorizedCall(context, resource));
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return null;
    throw error;
  }
}
