import type { ConnectionStatus } from '#connections/store/connection-view.ts';

/** Whether only a person can bring a connection back to work: it has ended, or its token has and nothing refreshes it. */
export function requiresSignIn(status: ConnectionStatus, now: number): boolean {
  if (status.kind === 'needs-sign-in') return true;
  if (status.kind !== 'connected' || status.refreshesItself) return false;
  return status.expiresAt !== undefined && status.expiresAt <= now;
}
