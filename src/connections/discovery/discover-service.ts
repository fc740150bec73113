import { signInFailureOf, type SignInFailure, type SignInFailureCode } from '#connections/failure.ts';
import { splitScope } from '#lib/scope.ts';
import { challengedMetadataUrl, tokenChallenge } from '#oauth/challenge.ts';
import type { OAuthError } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { fetchResourceMetadata, scopeTokens } from '#oauth/resource-metadata.ts';
import { withoutQuery } from '#oauth/safe-url.ts';
import { fetchServerMetadata, type ServerMetadata } from '#oauth/server-metadata.ts';

import { challengeIn, requireNamed, unauthorizedCall } from './discover-server.ts';
import type { DiscoveryAttempt, DiscoveredServer, DiscoveredService } from './discovered-service.ts';
import { resourceBinding, restrictToResourceAlgs } from './dpop-requirement.ts';

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
export async function discoverService(context: FlowContext, url: string): Promise<DiscoveredService> {
  const log = createLog();
  const response = await log.orNote(() => unauthorizedCall(context, url));
  const challenge = response ? challengeIn(response) : null;
  const named = challengedMetadataUrl(challenge);
  if (response) {
    const { status } = response;
    log.note({ kind: 'answered', url: withoutQuery(url), status, namesMetadata: named !== undefined });
  }
  const resource = await firstOf(log, url, (written) => fetchResourceMetadata(context, written, named));
  if (resource) {
    const binding = resourceBinding(challenge, resource);
    const serverOf = async (issuer: string): Promise<DiscoveredServer> => {
      const server = await describe(context, resource.resource, issuer);
      return server.kind === 'usable'
        ? { ...server, metadata: restrictToResourceAlgs(server.metadata, binding) }
        : server;
    };
    const [first, ...others] = resource.authorization_servers;
    const servers: [DiscoveredServer, ...DiscoveredServer[]] = [await serverOf(first)];
    for (const issuer of others) servers.push(await serverOf(issuer));
    return {
      resource: { identifier: resource.resource, ...(resource.name !== undefined && { name: resource.name }) },
      scopes: resource.scopes_supported ?? scopesOf(servers),
      neededScopes: scopeTokens(splitScope(tokenChallenge(challenge)?.parameters.scope ?? '')),
      servers,
      requiresBinding: binding.isRequired,
    };
  }
  const metadata =
    (await firstOf(log, url, (written) => fetchServerMetadata(context, written, log.noteMissed))) ??
    (await serverOfOrigin(context, url, log));
  if (!metadata) throw new ServiceNotFoundError(log.asked());
  const { issuer, scopes_supported: scopes = [] } = metadata;
  return { scopes, neededScopes: [], servers: [{ kind: 'usable', issuer, metadata }], requiresBinding: false };
}

/**
 * Returns the authorization server at the root of the entered URL's origin, which covers services that predate RFC 9728
 * or name no server. This is safe: the user trusts that origin, tokens go nowhere else, and the issuer has to equal
 * that origin. Metadata that names the wrong resource or issuer still ends the search (DISC-2, DISC-8).
 */
async function serverOfOrigin(context: FlowContext, url: string, log: SearchLog): Promise<ServerMetadata | undefined> {
  const { origin, pathname, search } = new URL(url);
  if (`${pathname}${search}` === '/' || log.asked().some((one) => one.kind === 'failed' && isMismatch(one.code))) {
    return undefined;
  }
  return firstOf(log, origin, async (written) =>
    requireNamed(context, url, await fetchServerMetadata(context, written, log.noteMissed)),
  );
}

const isMismatch = (code: SignInFailureCode | undefined): boolean =>
  code === 'resource-mismatch' || code === 'issuer-mismatch';

/**
 * Tries a URL as entered, then with its trailing slash added or removed: users type URLs loosely, but identifiers match
 * exactly.
 */
async function firstOf<T>(log: SearchLog, url: string, task: (written: string) => Promise<T>): Promise<T | undefined> {
  const found = await log.orNote(() => task(url));
  const { code } = log.lastFailure() ?? {};
  if (found !== undefined || !isMismatch(code)) return found;
  return log.orNote(() => task(url.endsWith('/') ? url.slice(0, -1) : `${url}/`));
}

async function describe(context: FlowContext, resource: string, issuer: string): Promise<DiscoveredServer> {
  const log = createLog();
  const metadata = await log.orNote(async () =>
    requireNamed(context, resource, await fetchServerMetadata(context, issuer, log.noteMissed)),
  );
  if (metadata) return { kind: 'usable', issuer, metadata };
  return { kind: 'unusable', issuer, failure: log.lastFailure() ?? { code: 'not-found' }, asked: log.asked() };
}

const scopesOf = (servers: readonly DiscoveredServer[]): readonly string[] =>
  servers.flatMap((server) => (server.kind === 'usable' ? (server.metadata.scopes_supported ?? []) : []));

/** The requests of one search and their results. */
type SearchLog = ReturnType<typeof createLog>;

function createLog() {
  const asked = new Map<string, DiscoveryAttempt>();
  let last: SignInFailure | undefined;
  /** Records an attempt; duplicates are recorded once. */
  const note = (one: DiscoveryAttempt): void => void asked.set(JSON.stringify(one), one);
  const noteFailure = (failure: SignInFailure): void => {
    last = failure;
    note({ kind: 'failed', ...failure });
  };
  return {
    note,
    noteMissed(error: OAuthError): void {
      const failure = signInFailureOf(error);
      if (failure) noteFailure(failure);
    },
    /** Runs one step of the search. Records a failure and returns undefined, unless the search was cancelled. */
    async orNote<T>(task: () => Promise<T>): Promise<T | undefined> {
      try {
        return await task();
      } catch (error) {
        const failure = signInFailureOf(error);
        if (!failure || failure.code === 'cancelled') throw error;
        noteFailure(failure);
        return undefined;
      }
    },
    lastFailure: () => last,
    asked: (): readonly DiscoveryAttempt[] => [...asked.values()],
  };
}
