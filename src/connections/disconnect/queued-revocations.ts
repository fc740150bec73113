import { isServiceReference, type ServiceReference } from '#connections/services/service.ts';
import { isDpopKeyRef, isIdentity, isStoredServer } from '#connections/store/connection-record.ts';
import { isInvalidationReason, type InvalidationReason } from '#connections/store/connection-state.ts';
import { isObject } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { Identity } from '#oauth/identity.ts';
import type { RevocationRequest } from '#oauth/revoke.ts';

import { isDisconnectOutcome, type DisconnectOutcome } from './disconnect-outcome.ts';
import type { Revocation } from './revoke-grant.ts';

/**
 * The revocations of one disconnect that have not reached a server, because the app was offline or the server failed.
 * Contains tokens.
 */
export interface QueuedRevocations {
  /**
   * The revocations still to be sent; their DPoP keys are retained until then. If empty, all have been sent, and the
   * record only holds the result.
   */
  revocations: readonly Revocation[];
  /** Set if the server rejected any of them; stays set even if it confirms the others later. */
  wasRefused?: true;
  /** The service's name, for the trace. */
  service: string;
  /** When the connection was removed, in milliseconds since 1970. */
  at: number;
  /** Set while the disconnect itself still sends the revocations: when it began, in milliseconds since 1970. */
  sendingSince?: number;
  /** What to tell the user until they dismiss it; missing once dismissed, and in records of older versions. */
  report?: DisconnectReport;
}

/** What the user is told about a disconnect that the server did not confirm. Contains no secrets. */
export interface DisconnectReport {
  service: ServiceReference;
  identity?: Identity;
  /** Why the sign-in had already ended before the disconnect. */
  endedBy?: InvalidationReason;
  outcome: DisconnectOutcome;
}

/** The disconnect that wrote the record crashed if it has not finished after this time, in milliseconds. */
const ABANDONED_MS = 60_000;

/** Returns true while the disconnect that wrote the record still sends its revocations. */
export function isBeingSent({ sendingSince }: QueuedRevocations, now: number): boolean {
  return sendingSince !== undefined && Math.abs(now - sendingSince) < ABANDONED_MS;
}

/** Validates a stored record. Also reads the format of an older version, which stored each token in its own record. */
export function readQueued(value: unknown): QueuedRevocations | undefined {
  if (!isObject<keyof QueuedRevocations>(value)) return undefined;
  const { service, at, revocations = [value], wasRefused, sendingSince, report } = value;
  if (typeof service !== 'string' || typeof at !== 'number') return undefined;
  if (!Array.isArray(revocations) || !revocations.every(isRevocation)) return undefined;
  return omitUndefined({
    service,
    at,
    revocations,
    wasRefused: wasRefused === true || undefined,
    sendingSince: typeof sendingSince === 'number' ? sendingSince : undefined,
    report: isReport(report) ? report : undefined,
  });
}

function isRevocation(value: unknown): value is Revocation {
  if (!isObject<keyof Revocation>(value)) return false;
  const { request, bound } = value;
  if (!isObject<keyof RevocationRequest>(request)) return false;
  const { server, clientId, token, hint } = request;
  return (
    isStoredServer(server) &&
    typeof clientId === 'string' &&
    typeof token === 'string' &&
    (hint === 'access_token' || hint === 'refresh_token') &&
    (bound === undefined || isDpopKeyRef(bound))
  );
}

function isReport(value: unknown): value is DisconnectReport {
  if (!isObject<keyof DisconnectReport>(value)) return false;
  const { service, identity, endedBy, outcome } = value;
  return (
    isServiceReference(service) &&
    (identity === undefined || isIdentity(identity)) &&
    (endedBy === undefined || isInvalidationReason(endedBy)) &&
    isDisconnectOutcome(outcome)
  );
}
