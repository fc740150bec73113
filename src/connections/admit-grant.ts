import type { Identity } from '#oauth/identity.ts';
import type { TraceTag } from '#trace/event.ts';

import { lockOf, type Lock } from './lock.ts';
import { purposeOf, type PendingSignIn } from './pending-sign-in.ts';
import { placementOf, type Placement } from './placement.ts';
import { leftoversAfter, type ConnectionRecord } from './record.ts';
import { RECORD_VERSION } from './record-migrations.ts';
import { revokeGrant } from './revoke-grant.ts';
import type { ServiceReference } from './service.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';
import type { Grant } from './state.ts';
import type { Vault } from './vault.ts';
import type { Wire } from './wire.ts';

export interface AdmitGrantNeeds {
  wire: Wire;
  vault: Vault;
  lock: Lock;
}

type Connected = Extract<SignInOutcome, { kind: 'connected' }>;

/**
 * Stores what a sign-in brought: as a new connection, or in the place of the same person's older grant. Somebody else's is
 * stored nowhere before a person has decided (UI-4). Sign-ins of one service wait for each other, so that two tabs make
 * one connection of one person.
 */
export function admitGrant(
  needs: AdmitGrantNeeds,
  signIn: PendingSignIn,
  grant: Grant,
  identity: Identity | undefined,
  tag: TraceTag,
): Promise<SignInOutcome> {
  const { vault, lock, wire } = needs;
  const { service } = signIn;
  const purpose = purposeOf(signIn);
  const store = async (placement: Exclude<Placement, { kind: 'other-person' }>): Promise<Connected> => {
    const id = placement.kind === 'renewal' ? placement.of.id : crypto.randomUUID();
    // A refresh of the old grant that is under way would write over the new one: it comes to its end first, and what it
    // leaves is what is replaced. A connection that was removed meanwhile does not come back: it begins anew.
    return lock(lockOf(id), async () => {
      const older = await vault.read(id);
      const record = recordOf(older?.id ?? crypto.randomUUID(), signIn.service, grant, identity, older, wire.now());
      await vault.write(record);
      return { ...purpose, kind: 'connected', connectionId: record.id };
    });
  };
  return lock(`sign-in ${service.id}`, async () => {
    const placement = placementOf(await vault.all(), signIn, identity);
    if (signIn.connectionId !== undefined) {
      const outcome = placement.kind === 'other-person' ? 'failed' : 'passed';
      wire.recorder.record(tag, { type: 'check', rule: 'same-person', outcome });
    }
    if (placement.kind !== 'other-person') return store(placement);
    return {
      ...purpose,
      kind: 'other-person',
      connectionId: placement.of.id,
      expected: placement.of.identity,
      ...(identity && { actual: identity }),
      async decide(choice) {
        if (choice === 'discard') {
          await revokeGrant((bound) => wire.exchange(tag, undefined, bound && { bound }), grant);
          return { ...purpose, kind: 'discarded' };
        }
        return lock(`sign-in ${service.id}`, async () => {
          const { connectionId: _renewed, ...alone } = signIn;
          const own = placementOf(await vault.all(), alone, identity);
          const kept = await store(own.kind === 'renewal' ? own : { kind: 'new' });
          // The post that waited is the expected person's.
          const { resumes: _waits, ...outcome } = kept;
          return outcome;
        });
      },
    };
  });
}

function recordOf(
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
    leftovers: leftoversAfter(replaced, older?.leftovers),
  };
}
