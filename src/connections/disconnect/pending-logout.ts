import { isServiceReference, type ServiceReference } from '#connections/services/service.ts';
import { isIdentity } from '#connections/store/connection-record.ts';
import type { Identity } from '#oauth/identity.ts';

import type { DisconnectOutcome } from './disconnect.ts';

/**
 * A sign-out at a provider that the page has left for, and the result of the disconnect before it. Contains no secrets.
 */
export interface PendingLogout {
  /** Absent if the provider does not redirect back to the app. */
  state?: string;
  /** True once the page has returned with that state (OpenID Connect RP-Initiated Logout 1.0 §3). */
  isLedBack?: boolean;
  /** The provider's host, including the port. */
  host: string;
  service: ServiceReference;
  /** The id of the disconnected connection. */
  connection?: string;
  identity?: Identity;
  outcome: DisconnectOutcome;
  /** The registration the provider needs to recognize the client until now; absent once it has been dealt with. */
  registration?: { issuer: string; clientId: string };
  /** The trace's flow id, so that both halves appear as one flow. */
  flow: string;
}

/** The last sign-out of this tab, in sessionStorage until the user has seen its result. */
export interface PendingLogouts {
  save(signOut: PendingLogout): void;
  find(): PendingLogout | undefined;
  forget(): void;
  /** True if sessionStorage is available. */
  isUsable: boolean;
}

const KEY = 'sign-out';

/** Creates the store of the pending sign-out in `storage`, this tab's sessionStorage. Without it, nothing is stored. */
export function createPendingLogouts(storage: Storage | undefined): PendingLogouts {
  return {
    isUsable: storage !== undefined,
    save: (signOut) => storage?.setItem(KEY, JSON.stringify(signOut)),
    find: () => parse(storage?.getItem(KEY) ?? null),
    forget: () => storage?.removeItem(KEY),
  };
}

function parse(text: string | null): PendingLogout | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isPendingSignOut(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPendingSignOut(value: unknown): value is PendingLogout {
  if (typeof value !== 'object' || value === null) return false;
  const signOut = value as Partial<Record<keyof PendingLogout, unknown>>;
  return (
    typeof signOut.host === 'string' &&
    typeof signOut.flow === 'string' &&
    isServiceReference(signOut.service) &&
    (signOut.connection === undefined || typeof signOut.connection === 'string') &&
    (signOut.identity === undefined || isIdentity(signOut.identity)) &&
    (signOut.registration === undefined || isRegistration(signOut.registration)) &&
    isOutcome(signOut.outcome)
  );
}

function isRegistration(value: unknown): value is PendingLogout['registration'] {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'issuer' in value && 'clientId' in value && [value.issuer, value.clientId].every((one) => typeof one === 'string')
  );
}

function isOutcome(value: unknown): value is DisconnectOutcome {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (!/^(?:revoked|nothing-to-revoke|ineffective|unconfirmed)$/.test(String(value.kind))) return false;
  return !('worksUntil' in value) || typeof value.worksUntil === 'number';
}
