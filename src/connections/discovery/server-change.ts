import type { ServiceReference } from '#connections/services/service.ts';
import { OAuthError, type ServerChange } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';
import { isSameIssuer } from '#oauth/well-known.ts';

/**
 * Detects that a resource which rejects a server's tokens now names other servers (DISC-5; RFC 9728 §5.1). Validates
 * the resource's metadata in full, and sends nothing to the servers it names.
 * @param fresh a context that bypasses the cache
 * @param challengedUrl the `resource_metadata` of the 401 response; without it, the well-known URL is used
 * @returns undefined if the resource still names `issuer`, or if its metadata can't be fetched
 */
export async function detectServerChange(
  fresh: FlowContext,
  service: ServiceReference,
  issuer: string,
  challengedUrl?: string,
): Promise<ServerChange | undefined> {
  if (service.kind === 'server') return undefined;
  try {
    const { authorization_servers: named } = await fetchResourceMetadata(fresh, service.resource, challengedUrl);
    // A resource that names no server has not changed it.
    const isNamed = named.length === 0 || named.some((one) => isSameIssuer(one, issuer));
    const actual = named.join(' ').slice(0, 300);
    fresh.onCheck({ rule: 'server-is-named', outcome: isNamed ? 'passed' : 'failed', expected: issuer, actual });
    return isNamed ? undefined : { from: issuer, to: named };
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}
