import { discoverService, ServiceNotFoundError } from '#connections/discovery/discover-service.ts';
import { responseOf, type Entry } from '#tests/corpus/entry.ts';
import { answering, testContext } from '#tests/support/flow-context.ts';

export interface ResourceMetadataEntry extends Entry {
  /** What the user typed. */
  address: string;
  /** The challenge of the API's 401; it sends 404 without one. */
  challenge?: string;
  /** The documents of the resource's origin by path; a number is a status without a document. Every other path is a 404. */
  documents: Record<string, unknown>;
  /** The issuers of authorization servers whose metadata is as it should be. */
  servers: readonly string[];
}

/** Searches at the typed address, and says which resource and which servers the app finds. */
export async function runResourceMetadata(entry: ResourceMetadataEntry): Promise<object> {
  const { address, challenge, documents, servers } = entry;
  const { origin } = new URL(address);
  const responses: Record<string, () => Response> = {};
  if (challenge !== undefined) {
    const headers = { 'www-authenticate': challenge };
    responses[new URL(address).href] = () => new Response(null, { status: 401, headers });
  }
  for (const [path, body] of Object.entries(documents)) {
    responses[origin + path] = () => responseOf(typeof body === 'number' ? { status: body } : { body });
  }
  for (const issuer of servers) {
    responses[metadataUrl(issuer)] = () => responseOf({ body: serverMetadata(issuer) });
  }
  try {
    const found = await discoverService(testContext(answering(responses).fetch), address);
    const { resource, scopes, neededScopes, requiresBinding } = found;
    return {
      outcome: resource ? 'resource' : 'server',
      ...(resource && { resource: resource.identifier }),
      ...(resource?.name !== undefined && { name: resource.name }),
      servers: found.servers.flatMap((server) => (server.kind === 'usable' ? [server.metadata.issuer] : [])),
      ...(scopes.length > 0 && { scopes }),
      ...(neededScopes.length > 0 && { needed: neededScopes }),
      ...(requiresBinding && { bound: true }),
    };
  } catch (error) {
    if (!(error instanceof ServiceNotFoundError)) throw error;
    const codes = error.asked.flatMap((attempt) => (attempt.kind === 'failed' ? [attempt.code] : []));
    return { outcome: 'rejected', code: codes.find((code) => code !== 'not-found') ?? 'not-found' };
  }
}

function metadataUrl(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
}

function serverMetadata(issuer: string): object {
  const { origin } = new URL(issuer);
  return {
    issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: ['ES256'],
  };
}
