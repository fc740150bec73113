import { OAuthError } from '#oauth/errors.ts';
import type { FlowContext } from '#oauth/flow-context.ts';
import { withoutQuery } from '#oauth/safe-url.ts';

import type { DiscoveryAttempt } from './discovered-service.ts';

/**
 * Tells servers that are up but keep scripts from reading their response (`unreadable`) from those that do not respond
 * (`unreachable`). Fetch reports both alike, so each such URL is requested once more in the mode `no-cors`, which
 * returns a response that nothing can be read from, but only if there is one. The request has no credentials.
 * @throws OAuthError `cancelled`
 */
export async function withReachability(
  context: FlowContext,
  attempts: readonly DiscoveryAttempt[],
): Promise<readonly DiscoveryAttempt[]> {
  const silentOrigins = new Set<string>();
  const told: DiscoveryAttempt[] = [];
  for (const one of attempts) {
    const { url } = one;
    const isOpen = one.kind === 'failed' && one.code === 'unreachable' && url !== undefined;
    if (!isOpen || silentOrigins.has(new URL(url).origin)) {
      told.push(one);
      continue;
    }
    const isUp = await responds(context, one.step ?? 'resource-probe', url);
    if (!isUp) silentOrigins.add(new URL(url).origin);
    told.push(isUp ? { ...one, code: 'unreadable' } : one);
  }
  return told;
}

async function responds(
  context: FlowContext,
  step: Parameters<FlowContext['fetchFor']>[0],
  url: string,
): Promise<boolean> {
  try {
    await context.fetchFor(step)(withoutQuery(url), { mode: 'no-cors', signal: context.signal ?? null });
    return true;
  } catch (error) {
    if (!(error instanceof OAuthError) || error.code === 'cancelled') throw error;
    return error.code === 'unreadable';
  }
}
