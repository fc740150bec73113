import type { PendingSignIn } from '#connections/sign-in/pending-sign-in.ts';
import { parseUrl } from '#trace/url.ts';

/**
 * Whether lessons may run there: on the demo network, whose addresses lie below this app's own, and on no real service. All of
 * them count: what is meddled with goes to the server that is named here.
 */
export function isDemoNetwork(
  { service, server }: { service: Pick<PendingSignIn['service'], 'resource'>; server?: PendingSignIn['server'] },
  appUrl: string,
): boolean {
  const place = new URL('birdsong/', appUrl).href;
  const addresses = [service.resource, ...(server ? [server.authorization_endpoint, server.token_endpoint] : [])];
  return addresses.every((url) => url !== undefined && parseUrl(url)?.href.startsWith(place) === true);
}
