import type { SignInFailure } from '#connections/failure.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** What an address that somebody typed turned out to be. Names and scopes are claims of the server (UI-2). */
export interface DiscoveredService {
  /** The protected resource; missing where the address is an authorization server's. */
  resource?: { identifier: string; name?: string };
  /** Scopes that the resource names, else those of its server; empty where neither names any. */
  scopes: readonly string[];
  /** Scopes that the refused call asked for (RFC 6750 §3): the least that is needed. */
  neededScopes: readonly string[];
  /** Whether it takes tokens alone that are bound to a key of this browser. */
  requiresBinding: boolean;
  /** The authorization servers it names, in its order; at least one. */
  servers: readonly [DiscoveredServer, ...DiscoveredServer[]];
}

/** One authorization server: its description, or why there is none that can be used. */
export type DiscoveredServer =
  | { kind: 'usable'; issuer: string; metadata: ServerMetadata }
  | { kind: 'unusable'; issuer: string; failure: SignInFailure; asked: readonly DiscoveryAttempt[] };

/** One address that was asked in a search, and what came of it. Addresses are without query. */
export type DiscoveryAttempt =
  /** The call without a token came back, with a challenge that names the description or without one that may be read. */
  { kind: 'answered'; url: string; status: number; namesMetadata: boolean } | ({ kind: 'failed' } & SignInFailure);

/** A search under way, for a screen to follow. */
export type DiscoveryState =
  | { kind: 'idle' }
  | { kind: 'searching'; address: string }
  | { kind: 'found'; address: string; found: DiscoveredService }
  /** Nothing usable at the address: what was asked, and what came of each. */
  | { kind: 'nothing'; address: string; asked: readonly DiscoveryAttempt[] };
