import type { DpopKeyRef } from '#connections/http/dpop.ts';
import { isServiceReference, referenceTo, type ServiceReference } from '#connections/services/service.ts';
import { isObject, isOptional, isText, isTexts } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { ServerChange } from '#oauth/errors.ts';
import type { Identity } from '#oauth/identity.ts';

import {
  isInvalidationReason,
  dpopKeyForRefresh,
  type TokenBinding,
  type ConnectionState,
  type Grant,
  type SupersededToken,
  type SettledState,
} from './connection-state.ts';
import { migrated, RECORD_VERSION } from './record-migrations.ts';
import { readJournal, type RefreshJournal } from './refresh-journal.ts';

/** One connection as stored in the vault. */
export interface ConnectionRecord {
  version: typeof RECORD_VERSION;
  id: string;
  service: ServiceReference;
  identity?: Identity;
  connectedAt: number;
  state: SettledState;
  /** The refresh in progress or waiting; missing if there is none. */
  journal?: RefreshJournal;
  /** Superseded refresh tokens, newest first, to be revoked along with the grant (M-10). */
  leftovers?: readonly SupersededToken[];
}

/**
 * Parses the record stored under `id` (STO-6). If its grant is unreadable, returns a connection that needs a sign-in. Returns
 * undefined if even the service is unreadable, or if the record has an unknown format version.
 */
export function readRecord(id: string, stored: unknown, now: number): ConnectionRecord | undefined {
  const value = isObject(stored) ? migrated(stored) : undefined;
  if (value?.id !== id || !isServiceReference(value.service)) return undefined;
  const { service } = value;
  const journal = readJournal(value.journal);
  return omitUndefined({
    version: RECORD_VERSION,
    id,
    service: referenceTo(service),
    identity: isIdentity(value.identity) ? value.identity : undefined,
    connectedAt: typeof value.connectedAt === 'number' ? value.connectedAt : now,
    state: readState(value.state, now),
    journal,
    leftovers: Array.isArray(value.leftovers) ? value.leftovers.filter(isSupersededToken) : undefined,
  });
}

/** Checks whether a value is an identity in its stored form. */
export function isIdentity(value: unknown): value is Identity {
  if (!isObject(value) || !isText(value.issuer) || !isText(value.subject)) return false;
  return ['name', 'username', 'email'].every((member) => isOptional(value[member], 'string'));
}

/** Checks whether a value has the server URLs that a refresh needs; they were validated before they were stored. */
export function isStoredServer(value: unknown): value is Grant['server'] {
  if (!isObject(value)) return false;
  return ['issuer', 'authorization_endpoint', 'token_endpoint'].every((member) => URL.canParse(String(value[member])));
}

function isGrant(value: unknown): value is Grant {
  return (
    isObject(value) &&
    isStoredServer(value.server) &&
    isText(value.clientId) &&
    isText(value.accessToken) &&
    isOptional(value.refreshToken, 'string') &&
    isOptional(value.nonce, 'string') &&
    isOptional(value.responseSubject, 'string') &&
    isOptional(value.expiresAt, 'number') &&
    typeof value.obtainedAt === 'number' &&
    isTexts(value.scope) &&
    (value.binding === undefined || isBinding(value.binding))
  );
}

function isBinding(value: unknown): value is TokenBinding {
  if (!isObject(value)) return false;
  if (value.kind === 'bound') return isDpopKeyRef(value);
  if (value.kind !== 'bearer') return false;
  return value.because === 'key-not-kept' || (value.because === 'not-granted' && isOptional(value.keyId, 'string'));
}

/** Checks whether a value references a key of this browser. */
export function isDpopKeyRef(value: unknown): value is DpopKeyRef {
  return isObject(value) && isText(value.keyId) && isOptional(value.clockOffset, 'number');
}

function isSupersededToken(value: unknown): value is SupersededToken {
  if (!isObject(value) || !isStoredServer(value.server) || !isText(value.clientId)) return false;
  return isText(value.refreshToken) && (value.bound === undefined || isDpopKeyRef(value.bound));
}

const isServerChange = (value: unknown): value is ServerChange =>
  isObject(value) && isText(value.from) && isTexts(value.to) && value.to.length > 0;

/** The maximum number of superseded tokens to store. */
const MAX_SUPERSEDED = 5;

/** Returns the tokens to revoke later when `grant` is replaced: its refresh token, then the older ones. */
export function withSuperseded(
  grant: Grant | undefined,
  older: readonly SupersededToken[] = [],
): readonly SupersededToken[] {
  if (grant?.refreshToken === undefined) return older;
  const { server, clientId, refreshToken } = grant;
  const bound = dpopKeyForRefresh(grant);
  return [omitUndefined({ server, clientId, refreshToken, bound }), ...older].slice(0, MAX_SUPERSEDED);
}

function readState(value: unknown, now: number): SettledState {
  if (isObject(value) && value.kind === 'connected' && isGrant(value.grant)) {
    return { kind: 'connected', grant: value.grant };
  }
  if (
    !isObject(value) ||
    value.kind !== 'needs-sign-in' ||
    !isInvalidationReason(value.reason) ||
    typeof value.at !== 'number'
  ) {
    return { kind: 'needs-sign-in', reason: 'record-damaged', at: now, scope: [] };
  }
  const about = omitUndefined({
    kind: 'needs-sign-in',
    at: value.at,
    scope: isTexts(value.scope) ? value.scope : [],
    wasBound: value.wasBound === true || undefined,
  });
  const { reason, change } = value;
  if (reason !== 'server-changed') return { ...about, reason };
  return isServerChange(change) ? { ...about, reason, change } : { ...about, reason: 'token-refused' };
}

/** Returns the ids of the keys that records need, for their grants and for tokens yet to be revoked. */
export function keysOf(
  records: readonly (Pick<ConnectionRecord, 'leftovers'> & { state: ConnectionState })[],
): Set<string> {
  const bound = records.flatMap(({ state, leftovers = [] }) => [
    state.kind === 'needs-sign-in' ? undefined : dpopKeyForRefresh(state.grant),
    ...leftovers.map((superseded) => superseded.bound),
  ]);
  return new Set(bound.flatMap((key) => key?.keyId ?? []));
}
