import type { OAuthHelpers } from '@cloudflare/workers-oauth-provider';

import type { RefreshFault } from './authorization-server.ts';
import { isObject } from './is-object.ts';
import { OAUTH_PREFIX } from './key-value-binding.ts';
import type { Store } from './store.ts';
import { USERS } from './users.ts';
import type { User } from './users.ts';

const SETTINGS = 'controls';
const EVERY = 1000;

/** The simulated problems that are switched on. */
export interface Settings {
  readonly nextRefresh: RefreshFault;
  readonly isSlow: boolean;
}

/** An app's access to an account. */
export interface Access {
  readonly user: User;
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface ControlsState extends Settings {
  readonly accesses: readonly Access[];
  /** The expiry times of the valid access tokens, in milliseconds since the epoch, earliest first. */
  readonly tokenEnds: readonly number[];
}

/** Simulates problems on request, so that a demo can show how the app handles them. */
export interface Controls {
  state(): Promise<ControlsState>;
  settings(): Promise<Settings>;
  /** Expires all access tokens now; refresh tokens stay valid. */
  expireAccessTokens(): Promise<void>;
  /** Revokes all grants and their tokens, as if each user had revoked the app's access on Birdsong. */
  revokeAccess(): Promise<void>;
  /** Makes the next refresh fail once; `normal` cancels that. */
  failNextRefresh(fault: RefreshFault): Promise<void>;
  /** Returns the fault for the current refresh, and resets it to `normal`. */
  takeRefreshFault(): Promise<RefreshFault>;
  /** Switches delayed responses on or off. */
  setSlowResponses(isSlow: boolean): Promise<void>;
  /** Deletes posts, grants, registered clients, keys and settings. */
  startOver(): Promise<void>;
}

/**
 * Creates the controls.
 *
 * @param store Birdsong's store
 * @param helpers returns the library's helpers for listing and revoking grants; called only when needed
 */
export function createControls(store: Store, helpers: () => OAuthHelpers): Controls {
  async function settings(): Promise<Settings> {
    const stored = (await store.get(SETTINGS))?.value;
    return isSettings(stored) ? stored : { nextRefresh: 'normal', isSlow: false };
  }

  async function change(changes: Partial<Settings>): Promise<void> {
    await store.put(SETTINGS, { value: { ...(await settings()), ...changes } });
  }

  const tokens = () => store.list({ prefix: `${OAUTH_PREFIX}token:`, limit: EVERY });

  async function grants() {
    const lists = await Promise.all(
      USERS.map(async (user) => {
        const { items } = await helpers().listUserGrants(user.id, { limit: EVERY });
        return items.map((grant) => ({ user, grant }));
      }),
    );
    return lists.flat();
  }

  return {
    settings,
    async state() {
      const found = await grants();
      return {
        ...(await settings()),
        accesses: found
          // The library sets a grant's expiry when its code is redeemed; before that the app has no access.
          .filter(({ grant }) => grant.expiresAt !== undefined)
          .map(({ user, grant }) => ({
            user,
            clientName: nameIn(grant.metadata),
            scopes: grant.scope,
            since: grant.createdAt * 1000,
          })),
        tokenEnds: (await tokens()).flatMap(({ expiresAt }) => expiresAt ?? []).toSorted((one, other) => one - other),
      };
    },
    async expireAccessTokens() {
      for (const { key } of await tokens()) await store.delete(key);
    },
    async revokeAccess() {
      for (const { user, grant } of await grants()) await helpers().revokeGrant(grant.id, user.id);
    },
    failNextRefresh: (nextRefresh) => change({ nextRefresh }),
    async takeRefreshFault() {
      const { nextRefresh } = await settings();
      if (nextRefresh !== 'normal') await change({ nextRefresh: 'normal' });
      return nextRefresh;
    },
    setSlowResponses: (isSlow) => change({ isSlow }),
    startOver: () => store.clear(),
  };
}

function nameIn(metadata: unknown): string {
  const name = isObject(metadata) ? metadata['clientName'] : undefined;
  return typeof name === 'string' ? name : 'Unnamed app';
}

function isSettings(value: unknown): value is Settings {
  return (
    isObject(value) &&
    typeof value['isSlow'] === 'boolean' &&
    (value['nextRefresh'] === 'normal' || value['nextRefresh'] === 'temporary' || value['nextRefresh'] === 'refused')
  );
}
