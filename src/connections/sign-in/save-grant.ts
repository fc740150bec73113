import { revokeGrant } from '#connections/disconnect/revoke-grant.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { lockName, type Lock } from '#connections/lock.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { withSuperseded, type ConnectionRecord } from '#connections/store/connection-record.ts';
import { needsConsent, type Grant } from '#connections/store/connection-state.ts';
import { RECORD_VERSION } from '#connections/store/record-migrations.ts';
import type { Vault } from '#connections/store/vault.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { isSameSubject, type Identity } from '#oauth/identity.ts';
import type { TraceTag } from '#trace/event.ts';

import { matchConnection, type ConnectionMatch } from './match-connection.ts';
import { toContext, type PendingSignIn } from './pending-sign-in.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';

export interface SaveGrantDeps {
  http: HttpClient;
  vault: Vault;
  lock: Lock;
}

/** The user who signed in, as far as the server identifies them. */
export interface SignedInUser {
  who: Identity | undefined;
  /** The same user with a name, once the server returns it. Only an account mismatch waits for it. Never rejects. */
  name?: Promise<Identity | undefined> | undefined;
}

type Connected = Extract<SignInOutcome, { kind: 'connected' }>;

/**
 * Stores the grant of a sign-in as a new connection, or replaces the same user's older grant. If a different user signed in,
 * stores nothing until the user decides (UI-4). Sign-ins to one service are serialized, so two tabs create one connection for
 * one user.
 */
export function saveGrant(
  deps: SaveGrantDeps,
  signIn: PendingSignIn,
  grant: Grant,
  { who: identity, name }: SignedInUser,
  tag: TraceTag,
): Promise<SignInOutcome> {
  const { vault, lock, http } = deps;
  const { service } = signIn;
  const purpose = toContext(signIn);
  const store = async (match: Exclude<ConnectionMatch, { kind: 'account-mismatch' }>): Promise<Connected> => {
    const id = match.kind === 'reconnection' ? match.of.id : crypto.randomUUID();
    // A refresh of the old grant in progress would overwrite the new grant. Wait for it, then replace its result. A connection
    // that was removed in the meantime is not restored; the grant is stored as a new connection.
    return lock(lockName(id), async () => {
      const older = await vault.read(id);
      const record = toRecord(older?.id ?? crypto.randomUUID(), signIn.service, grant, identity, older, http.now());
      await vault.write(record);
      const names = Object.keys(grant);
      http.recorder.record(tag, { type: 'stored', where: 'IndexedDB', what: 'connection', names });
      const named = name && name.then((known) => known && nameConnection(deps, record.id, known));
      return omitUndefined({ ...purpose, kind: 'connected', connectionId: record.id, named });
    });
  };
  return lock(`sign-in ${service.id}`, async () => {
    const match = matchConnection(await vault.all(), signIn, identity);
    if (signIn.connectionId !== undefined) {
      const outcome = match.kind === 'account-mismatch' ? 'failed' : 'passed';
      http.recorder.record(tag, { type: 'check', rule: 'same-person', outcome });
    }
    if (match.kind !== 'account-mismatch') return store(match);
    const actual = (await name) ?? identity;
    return {
      ...purpose,
      kind: 'account-mismatch',
      connectionId: match.of.id,
      expected: match.of.identity,
      ...omitUndefined({ actual }),
      async decide(choice) {
        if (choice === 'discard') {
          await revokeGrant((bound) => http.forFlow(tag, undefined, bound && { bound }), grant);
          return { ...purpose, kind: 'discarded' };
        }
        return lock(`sign-in ${service.id}`, async () => {
          const { connectionId: _target, ...alone } = signIn;
          const own = matchConnection(await vault.all(), alone, identity);
          const saved = await store(own.kind === 'reconnection' ? own : { kind: 'new' });
          // The waiting post belongs to the expected user.
          const { resumes: _waits, ...outcome } = saved;
          return outcome;
        });
      },
    };
  });
}

/** Adds a name that arrived after the connection was stored, unless the connection is gone or belongs to another user. */
async function nameConnection({ vault, lock }: SaveGrantDeps, id: string, known: Identity): Promise<void> {
  await lock(lockName(id), async () => {
    const record = await vault.read(id);
    if (!record?.identity || !isSameSubject(record.identity, known)) return;
    await vault.replace({ ...record, identity: { ...record.identity, ...known } });
  });
}

function toRecord(
  id: string,
  service: ServiceReference,
  grant: Grant,
  identity: Identity | undefined,
  older: ConnectionRecord | undefined,
  now: number,
): ConnectionRecord {
  // Keep a known name if this sign-in has none.
  const who = identity && { ...older?.identity, ...identity };
  const replaced = older?.state.kind === 'connected' ? older.state.grant : undefined;
  // A server that issues a refresh token only after consent would otherwise issue none at every other sign-in.
  const neededConsent = replaced && needsConsent({ kind: 'connected', grant: replaced });
  return {
    version: RECORD_VERSION,
    id,
    service,
    ...omitUndefined({ identity: who ?? older?.identity }),
    connectedAt: older?.connectedAt ?? now,
    state: { kind: 'connected', grant: { ...grant, ...(neededConsent && { needsConsent: true }) } },
    // Do not revoke the old token now: the server may end the new grant along with it (RFC 7009 §2.1).
    leftovers: withSuperseded(replaced, older?.leftovers),
  };
}
