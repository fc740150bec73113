import { isServiceReference, type ServiceReference } from '#connections/services/service.ts';
import { isIdentity } from '#connections/store/connection-record.ts';
import { isObject, isStrings } from '#lib/guards.ts';
import { parseJson } from '#lib/json.ts';
import type { Identity } from '#oauth/identity.ts';

import { isDisconnectOutcome, type DisconnectOutcome } from './disconnect-outcome.ts';

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
  const value = parseJson(text ?? 'null');
  return isPendingSignOut(value) ? value : undefined;
}

function isPendingSignOut(value: unknown): value is PendingLogout {
  return (
    isObject<keyof PendingLogout>(value) &&
    typeof value.host === 'string' &&
    typeof value.flow === 'string' &&
    isServiceReference(value.service) &&
    (value.connection === undefined || typeof value.connection === 'string') &&
    (value.identity === undefined || isIdentity(value.identity)) &&
    (value.registration === undefined || isRegistration(value.registration)) &&
    isDisconnectOutcome(value.outcome)
  );
}

function isRegistration(value: unknown): value is PendingLogout['registration'] {
  return isObject(value) && isStrings([value.issuer, value.clientId]);
}
