import { isServiceReference, type ServiceReference } from '#connections/services/service.ts';
import { isIdentity } from '#connections/store/connection-record.ts';
import type { Identity } from '#oauth/identity.ts';

import type { DisconnectOutcome } from './disconnect.ts';

/** A sign-out at a provider that the page has left for, and what became of the connection before. Nothing of it is a secret. */
export interface PendingLogout {
  /** Missing: the provider's page does not lead back here. */
  state?: string;
  /** Whether the page was led back with that state (OpenID Connect RP-Initiated Logout 1.0 §3). */
  isLedBack?: boolean;
  /** Where the person was to sign out, with its port. */
  host: string;
  service: ServiceReference;
  /** The id of the connection before. */
  connection?: string;
  identity?: Identity;
  outcome: DisconnectOutcome;
  /** The registration that the provider had to know until now; missing once somebody has looked after it. */
  registration?: { issuer: string; clientId: string };
  /** The trace's flow, so that both halves stand together. */
  flow: string;
}

/** The last sign-out of this tab, in sessionStorage: it lasts until the person has read what became of it. */
export interface PendingLogouts {
  keep(signOut: PendingLogout): void;
  find(): PendingLogout | undefined;
  forget(): void;
  /** Whether anything can be kept here. */
  isUsable: boolean;
}

const KEY = 'sign-out';

/** The pending sign-out in `storage`, which is this tab's sessionStorage; without one nothing is kept. */
export function createPendingLogouts(storage: Storage | undefined): PendingLogouts {
  return {
    isUsable: storage !== undefined,
    keep: (signOut) => storage?.setItem(KEY, JSON.stringify(signOut)),
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
