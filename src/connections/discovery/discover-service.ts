import type { SignInFailure, SignInFailureCode } from '#connections/failure.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { splitScope } from '#lib/scope.ts';
import { requiresDpop, hasMalformedChallenge, challengedMetadataUrl, tokenChallenge } from '#oauth/challenge.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { isAbsent } from '#oauth/read-json-document.ts';
import { fetchResourceMetadata, scopeTokens, type ResourceMetadata } from '#oauth/resource-metadata.ts';
import { withoutQuery } from '#oauth/safe-url.ts';
import { fetchServerMetadata } from '#oauth/server-metadata.ts';
import { withFlippedSlash } from '#oauth/well-known.ts';

import { challengeIn, requireNamed, unauthorizedCall } from './discover-server.ts';
import type { DiscoveryAttempt, DiscoveredServer, DiscoveredService } from './discovered-service.ts';
import { resourceBinding, restrictToResourceAlgs } from './dpop-requirement.ts';
import { withReachability } from './reachability.ts';
import { createSearchLog, type SearchLog } from './search-log.ts';

/** Thrown if nothing usable is found at a URL; lists each request and its result. */
export class ServiceNotFoundError extends Error {
  override readonly name = 'ServiceNotFoundError';
  readonly asked: readonly DiscoveryAttempt[];

  constructor(asked: readonly DiscoveryAttempt[]) {
    super('no resource and no authorization server at this address');
    this.asked = asked;
  }
}

/**
 * Discovers what a URL entered by the user is: a protected resource (RFC 9728), else an authorization server (RFC 8414,
 * OpenID Connect Discovery), else a resource whose own origin is its authorization server. Only reads metadata and
 * registers nothing.
 * @param url an https URL, or http on this machine
 * @throws ServiceNotFoundError | OAuthError `cancelled`
 */
export async function discoverService(context: FlowContext, address: string): Promise<DiscoveredService> {
  const log = createSearchLog();
  const refusal = await log.orNote(() => unauthorizedCall(context, address));
  const challenge = refusal ? challengeIn(refusal) : null;
  const namedUrl = challengedMetadataUrl(challenge);
  if (refusal) {
    const { status } = refusal;
    const isMalformed = hasMalformedChallenge(challenge) && { isMalformed: true as const };
    log.note({
      kind: 'answered',
      url: withoutQuery(address),
      status,
      namesMetadata: namedUrl !== undefined,
      ...isMalformed,
    });
  }
  const reading = await readResource(context, address, namedUrl, log);
  const servers = await serversFor(context, address, reading, log);
  const [first, ...others] = servers;
  if (!first) throw new ServiceNotFoundError(await withReachability(context, log.asked()));
  const resource = reading.kind === 'described' ? reading.metadata : undefined;
  const binding = resource ? resourceBinding(challenge, resource) : { isRequired: requiresDpop(challenge) };
  const restricted = (server: DiscoveredServer): DiscoveredServer =>
    server.kind === 'usable' ? { ...server, metadata: restrictToResourceAlgs(server.metadata, binding) } : server;
  return omitUndefined({
    resource: resource && omitUndefined({ identifier: resource.resource, name: resource.name }),
    scopes: resource?.scopes_supported ?? scopesOf(servers),
    neededScopes: scopeTokens(splitScope(tokenChallenge(challenge)?.parameters.scope ?? '')),
    servers: [restricted(first), ...others.map(restricted)],
    requiresBinding: binding.isRequired,
    unreadResource: reading.kind === 'uncertain' ? await unreadFailure(context, reading.failure) : undefined,
  });
}

/** What the app knows about the metadata of a resource at the entered URL. */
type ResourceReading =
  | { kind: 'described'; metadata: ResourceMetadata }
  /** The server says that there is no such metadata. */
  | { kind: 'absent' }
  /**
   * There is nothing to use, which does not prove that there is none: no readable response, a redirect, a web page, a
   * refusal, or metadata of another resource.
   */
  | { kind: 'uncertain'; failure: SignInFailure }
  /** There is metadata, and it is broken, unsafe or unavailable for now. */
  | { kind: 'broken' };

const UNCERTAIN: ReadonlySet<SignInFailureCode> = new Set([
  'unreachable',
  'redirected',
  'web-page',
  'not-found',
  'resource-mismatch',
]);

async function readResource(
  context: FlowContext,
  address: string,
  namedUrl: string | undefined,
  log: SearchLog,
): Promise<ResourceReading> {
  const { found, failure } = await asWritten(log, address, (written) =>
    fetchResourceMetadata(context, written, namedUrl),
  );
  if (found) return { kind: 'described', metadata: found };
  // Metadata of another resource on this origin, such as the parent's, is offered instead of the server at the root.
  if (!failure || (isAbsent(failure) && failure.named === undefined)) return { kind: 'absent' };
  // A challenge that names metadata proves that there is a resource.
  const isResource = namedUrl !== undefined && failure.code !== 'resource-mismatch';
  return UNCERTAIN.has(failure.code) && !isResource ? { kind: 'uncertain', failure } : { kind: 'broken' };
}

/**
 * Returns the authorization servers for the entered URL: those that its metadata names, else the one whose issuer is
 * exactly this URL, else the one at the root of its origin, which covers services that predate RFC 9728 or name no
 * server. The root is safe to ask: the user trusts that origin, tokens go nowhere else, and the issuer has to equal that
 * origin. But it is asked only if the resource says that it names no server. Otherwise a passing error of the server
 * would hide the resource's own demands, for good.
 */
async function serversFor(
  context: FlowContext,
  address: string,
  reading: ResourceReading,
  log: SearchLog,
): Promise<DiscoveredServer[]> {
  const { origin, pathname, search } = new URL(address);
  const isRoot = pathname === '/' && search === '';
  const atRoot = (resource: string): Promise<DiscoveredServer | undefined> => describe(context, origin, log, resource);
  switch (reading.kind) {
    case 'described': {
      const { resource, authorization_servers: named } = reading.metadata;
      if (named.length > 0) return namedServers(context, resource, named);
      return listOf(await atRoot(resource));
    }
    case 'absent': {
      const server = await ownServer(context, address, log);
      if (server || isRoot || log.asked().some(isMismatch)) return listOf(server);
      return listOf(await atRoot(address));
    }
    case 'uncertain':
      return listOf(await ownServer(context, address, log));
    case 'broken':
      return [];
  }
}

const listOf = (server: DiscoveredServer | undefined): DiscoveredServer[] => (server ? [server] : []);

const isMismatch = (one: DiscoveryAttempt): boolean =>
  one.kind === 'failed' && (one.code === 'resource-mismatch' || one.code === 'issuer-mismatch');

/** Returns the authorization server whose issuer is the entered URL. No issuer has a query (RFC 8414 §2). */
async function ownServer(context: FlowContext, address: string, log: SearchLog): Promise<DiscoveredServer | undefined> {
  if (address.includes('?')) return undefined;
  const { found } = await asWritten(log, address, (written) => fetched(context, written, log));
  return found;
}

/** Returns the server of an issuer if it can be used; records why not. */
function describe(
  context: FlowContext,
  issuer: string,
  log: SearchLog,
  resource: string,
): Promise<DiscoveredServer | undefined> {
  return log.orNote(() => fetched(context, issuer, log, resource));
}

/** @throws OAuthError */
async function fetched(
  context: FlowContext,
  issuer: string,
  log: SearchLog,
  resource?: string,
): Promise<DiscoveredServer> {
  const omitted: string[] = [];
  const onOmitted = (name: string): void => void omitted.push(name);
  const options = { onMissed: log.noteMissed, onOmitted, allowSilentPkce: true };
  const metadata = await fetchServerMetadata(context, issuer, options);
  if (resource !== undefined) requireNamed(context, resource, metadata);
  const own = [...new Set(omitted)].filter((name) => !(name in metadata));
  return omitUndefined({
    kind: 'usable',
    issuer: metadata.issuer,
    metadata,
    omitted: own.length > 0 ? own : undefined,
  });
}

async function namedServers(
  context: FlowContext,
  resource: string,
  named: readonly string[],
): Promise<DiscoveredServer[]> {
  const servers = new Map<string, DiscoveredServer>();
  for (const issuer of named) {
    const log = createSearchLog();
    const server = (await describe(context, issuer, log, resource)) ?? (await unusable(context, issuer, log));
    // Two spellings of one issuer are one server.
    if (!servers.has(server.issuer)) servers.set(server.issuer, server);
  }
  return [...servers.values()];
}

async function unusable(context: FlowContext, issuer: string, log: SearchLog): Promise<DiscoveredServer> {
  const asked = await withReachability(context, log.asked());
  const last = log.lastFailure() ?? { code: 'not-found' };
  const isUp = asked.some((one) => one.kind === 'failed' && one.code === 'unreadable' && one.url === last.url);
  return { kind: 'unusable', issuer, failure: isUp ? { ...last, code: 'unreadable' } : last, asked };
}

async function unreadFailure(context: FlowContext, failure: SignInFailure): Promise<SignInFailure> {
  const [told] = await withReachability(context, [{ kind: 'failed', ...failure }]);
  return told?.kind === 'failed' ? { ...failure, code: told.code } : failure;
}

/**
 * Tries a URL as entered, then, if the document names exactly that, with its trailing slash added or removed: users type
 * URLs loosely, but identifiers match exactly.
 * @returns the result, or why the URL as entered has none
 */
async function asWritten<T>(
  log: SearchLog,
  address: string,
  task: (written: string) => Promise<T>,
): Promise<{ found?: T | undefined; failure?: SignInFailure | undefined }> {
  const found = await log.orNote(() => task(address));
  if (found !== undefined) return { found };
  const failure = log.lastFailure();
  const flipped = withFlippedSlash(address);
  if (failure?.named !== flipped) return { failure };
  return { found: await log.orNote(() => task(flipped)), failure };
}

const scopesOf = (servers: readonly DiscoveredServer[]): readonly string[] =>
  servers.flatMap((server) => (server.kind === 'usable' ? (server.metadata.scopes_supported ?? []) : []));
