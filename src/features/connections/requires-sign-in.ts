import type { ConnectionStatus } from '#connections/store/connection-view.ts';

/**
 * Returns whether only a new sign-in can restore a connection: it has ended, its refresh is refused again and again, or its token has
 * expired and cannot be refreshed.
 */
export function requiresSignIn(status: ConnectionStatus, now: number): boolean {
  if (status.kind === 'needs-sign-in' || status.kind === 'refused') return true;
  if (status.kind !== 'connected' || status.refreshesItself) return false;
  return status.expiresAt !== undefined && status.expiresAt <= now;
}
