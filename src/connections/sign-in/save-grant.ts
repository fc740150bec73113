import { revokeGrant } from '#connections/disconnect/revoke-grant.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import { lockName, type Lock } from '#connections/lock.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { withSuperseded, type ConnectionRecord } from '#connections/store/connection-record.ts';
import type { Grant } from '#connections/store/connection-state.ts';
import { RECORD_VERSION } from '#connections/store/record-migrations.ts';
import type { Vault } from '#connections/store/vault.ts';
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

/** Who signed in, as far as the server says. */
export interface SignedInUser {
  who: Identity | undefined;
  /** The same person with a name, once the server has told it: nothing waits for that. It never rejects. */
  name?: Promise<Identity | undefined>;
}

type Connected = Extract<SignInOutcome, { kind: 'connected' }>;

/**
 * Stores what a sign-in brought: as a new connection, or in the place of the same person's older grant. Somebody else's is
 * stored nowhere before a person has decided (UI-4). Sign-ins of one service wait for each other, so that two tabs make
 * one connection of one person.
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
    // A refresh of the old grant that is under way would write over the new one: it comes to its end first, and what it
    // leaves is what is replaced. A connection that was removed meanwhile does not come back: it begins anew.
    return lock(lockName(id), async () => {
      const older = await vault.read(id);
      const record = toRecord(older?.id ?? crypto.randomUUID(), signIn.service, grant, identity, older, http.now());
      await vault.write(record);
      const names = Object.keys(grant);
      http.recorder.record(tag, { type: 'stored', where: 'IndexedDB', what: 'connection', names });
      const named = name && name.then((known) => known && nameConnection(deps, record.id, known));
      return { ...purpose, kind: 'connected', connectionId: record.id, ...(named && { named }) };
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
      ...(actual && { actual }),
      async decide(choice) {
        if (choice === 'discard') {
          await revokeGrant((bound) => http.forFlow(tag, undefined, bound && { bound }), grant);
          return { ...purpose, kind: 'discarded' };
        }
        return lock(`sign-in ${service.id}`, async () => {
          const { connectionId: _target, ...alone } = signIn;
          const own = matchConnection(await vault.all(), alone, identity);
          const kept = await store(own.kind === 'reconnection' ? own : { kind: 'new' });
          // The post that waited is the expected person's.
          const { resumes: _waits, ...outcome } = kept;
          return outcome;
        });
      },
    };
  });
}

/** Takes in a name that came when the connection was stored already, unless it is another person's or gone by then. */
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
  // A name that was known stays known where this sign-in says none.
  const who = identity && { ...older?.identity, ...identity };
  const replaced = older?.state.kind === 'connected' ? older.state.grant : undefined;
  return {
    version: RECORD_VERSION,
    id,
    service,
    ...((who ?? older?.identity) && { identity: who ?? older?.identity }),
    connectedAt: older?.connectedAt ?? now,
    state: { kind: 'connected', grant },
    // Not revoked now: a server may end the new grant along with the old one (RFC 7009 §2.1).
    leftovers: withSuperseded(replaced, older?.leftovers),
  };
}
