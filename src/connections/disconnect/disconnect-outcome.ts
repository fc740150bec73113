import type { InvalidationReason } from '#connections/store/connection-state.ts';
import { isObject, isOptional } from '#lib/guards.ts';

import type { RevocationOutcome } from './revoke-grant.ts';

export type DisconnectOutcome =
  | RevocationOutcome
  /** The server had already ended the grant, and no older token was left. */
  | { kind: 'nothing-to-revoke' };

const KINDS: ReadonlySet<unknown> = new Set<DisconnectOutcome['kind']>([
  'revoked',
  'nothing-to-revoke',
  'ineffective',
  'unconfirmed',
]);

/** Checks whether a stored value is the outcome of a disconnect. */
export function isDisconnectOutcome(value: unknown): value is DisconnectOutcome {
  return (
    isObject(value) &&
    KINDS.has(value.kind) &&
    isOptional(value.worksUntil, 'number') &&
    isOptional(value.because, 'string')
  );
}

/**
 * Returns true if the grant is known to have ended at the server. With nothing to revoke, only a rejection by the server
 * itself proves that.
 * @param endedBy why the sign-in had already ended, if it had
 */
export function isConfirmed({ kind }: DisconnectOutcome, endedBy: InvalidationReason | undefined): boolean {
  if (kind === 'nothing-to-revoke') return endedBy === undefined || endedBy === 'grant-refused';
  return kind === 'revoked';
}
