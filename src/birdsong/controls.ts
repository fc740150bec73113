import type { OAuthHelpers } from '@cloudflare/workers-oauth-provider';

import type { RefreshFault } from './authorization-server.ts';
import { isObject } from './is-object.ts';
import { OAUTH_PREFIX } from './key-value-binding.ts';
import type { Store } from './store.ts';
import { USERS } from './users.ts';
import type { User } from './users.ts';

const SETTINGS = 'controls';
const EVERY = 1000;

/** What a presenter switched on. */
export interface Settings {
  readonly nextRefresh: RefreshFault;
  readonly isSlow: boolean;
}

/** One app's access to one account. */
export interface Access {
  readonly user: User;
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface ControlsState extends Settings {
  readonly accesses: readonly Access[];
  /** When the living access tokens end, milliseconds since the epoch, soonest first. */
  readonly tokenEnds: readonly number[];
}

/** Everything that goes wrong on Birdsong only because somebody wants to see it. */
export interface Controls {
  state(): Promise<ControlsState>;
  settings(): Promise<Settings>;
  /** Ends every access token now; refresh tokens stay. */
  expireAccessTokens(): Promise<void>;
  /** Ends every grant with all its tokens, as if each person had taken their permission back here. */
  revokeAccess(): Promise<void>;
  /** Makes the next refresh fail, once; `normal` takes that back. */
  failNextRefresh(fault: RefreshFault): Promise<void>;
  /** The fault for this refresh; used up by asking. */
  takeRefreshFault(): Promise<RefreshFault>;
  /** Makes the API and the token endpoint wait before they answer, until it is turned off. */
  answerSlowly(isSlow: boolean): Promise<void>;
  /** Forgets posts, grants, registered apps, keys and settings. */
  startOver(): Promise<void>;
}

/**
 * @param store Birdsong's store
 * @param helpers gives the library's grants; asked only when needed
 * @returns the controls
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
          // The library dates a grant's end when its code is redeemed; before that the app has no access.
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
    answerSlowly: (isSlow) => change({ isSlow }),
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
