import type { Service } from '#connections/services/service.ts';
import { challengedMetadataUrl } from '#oauth/challenge.ts';
import { OAuthError } from '#oauth/errors.ts';
import { withStep, assertRule, type FlowContext } from '#oauth/flow-context.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

import { resourceBinding, restrictToResourceAlgs } from './dpop-requirement.ts';

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
  context: FlowContext,
  service: Pick<Service, 'resource' | 'kind' | 'issuer' | 'endpoints'>,
): Promise<Discovered> {
  const { issuer: expected, endpoints } = service;
  // DISC-13: that a configured server knows S256 is the deployer's word.
  if (expected !== undefined && endpoints) {
    const server = { issuer: expected, ...endpoints, code_challenge_methods_supported: ['S256'] };
    return { server, requiresBinding: false };
  }
  if (service.kind === 'server' && expected !== undefined) {
    return { server: await fetchServerMetadata(context, expected), requiresBinding: false };
  }
  const challenge = await challengeOf(context, service.resource);
  const metadata = await fetchResourceMetadata(context, service.resource, challengedMetadataUrl(challenge));
  const named = metadata.authorization_servers;
  // DISC-6: of several the app does not choose.
  const only = named.length === 1 ? named[0] : undefined;
  const issuer = expected === undefined ? only : named.find((one) => one === expected);
  context.onCheck({
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
  const server = requireNamed(context, metadata.resource, await fetchServerMetadata(context, issuer));
  const binding = resourceBinding(challenge, metadata);
  return { server: restrictToResourceAlgs(server, binding), requiresBinding: binding.isRequired };
}

/** DISC-6: a server that lists the resources it looks after has to list this one (RFC 9728 §4), else anyone could name it. */
export function requireNamed(context: FlowContext, resource: string, server: ServerMetadata): ServerMetadata {
  const { protected_resources: listed } = server;
  if (listed === undefined) return server;
  const check = { rule: 'resource-is-listed', expected: resource, actual: listed.join(' ').slice(0, 300) } as const;
  assertRule(context, listed.includes(resource), check, 'resource-mismatch', { step: 'server-metadata' });
  return server;
}

/**
 * Asks a resource without a token: its refusal may say where its description stands (RFC 9728 §5.1).
 * @throws OAuthError
 */
export function unauthorizedCall(context: FlowContext, resource: string): Promise<Response> {
  const ask = context.fetchFor('unauthorized-call');
  return withStep('unauthorized-call', () => ask(resource, { signal: context.signal }), resource);
}

/** The challenges of a refusal as it wrote them, as far as this page may read them. */
export function challengeIn(refusal: Response): string | null {
  return refusal.headers.get('www-authenticate');
}

/** DISC-4: a header, or an answer, that script may not read is no reason to stop: the well-known address is tried next. */
async function challengeOf(context: FlowContext, resource: string): Promise<string | null> {
  try {
    return challengeIn(await unauthorizedCall(context, resource));
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return null;
    throw error;
  }
}
