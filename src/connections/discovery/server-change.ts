import type { ServiceReference } from '#connections/services/service.ts';
import { OAuthError, type ServerChange } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { fetchResourceMetadata } from '#oauth/resource-metadata.ts';

/**
 * Whether a resource that refuses a server's tokens has come to name other servers (DISC-5; RFC 9728 §5.1). Its description is
 * held against every rule before it is believed; what it names is asked for nothing here.
 * @param fresh asks the resource and not the cache
 * @param challengedUrl the `resource_metadata` of the refusal; without one the well-known address is asked
 * @returns undefined where it still names `issuer`, and where there is no telling
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
    const isNamed = named.includes(issuer);
    const actual = named.join(' ').slice(0, 300);
    fresh.onCheck({ rule: 'server-is-named', outcome: isNamed ? 'passed' : 'failed', expected: issuer, actual });
    return isNamed ? undefined : { from: issuer, to: named };
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}
