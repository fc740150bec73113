import type { PendingSignIn } from '#connections/sign-in/pending-sign-in.ts';
import { parseUrl } from '#trace/url.ts';

/**
 * Returns whether attack demos may run: only on the demo network, whose URLs are below this app's own, never on a real service.
 * Checks every URL, because the tampered requests go to the server given here.
 */
export function isDemoNetwork(
  { service, server }: { service: Pick<PendingSignIn['service'], 'resource'>; server?: PendingSignIn['server'] },
  appUrl: string,
): boolean {
  const demoUrl = new URL('birdsong/', appUrl).href;
  const urls = [service.resource, ...(server ? [server.authorization_endpoint, server.token_endpoint] : [])];
  return urls.every((url) => url !== undefined && parseUrl(url)?.href.startsWith(demoUrl) === true);
}
