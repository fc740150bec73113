import type { SignInFailure } from '#connections/failure.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** What a URL entered by the user turned out to be. Names and scopes are claims of the server (UI-2). */
export interface DiscoveredService {
  /** The protected resource; absent if the URL is an authorization server's. */
  resource?: { identifier: string; name?: string };
  /** The scopes the resource lists, else those of its servers; empty if neither lists any. */
  scopes: readonly string[];
  /** The scopes the 401 response asked for (RFC 6750 §3), the minimum needed. */
  neededScopes: readonly string[];
  /** True if the resource only accepts tokens that are bound to a key of this browser. */
  requiresBinding: boolean;
  /** The authorization servers it names, in its order; at least one. */
  servers: readonly [DiscoveredServer, ...DiscoveredServer[]];
  /**
   * Why the URL's own resource metadata could not be read, although it is an authorization server's. It may be both, and
   * what the resource demands is then not known.
   */
  unreadResource?: SignInFailure;
}

/** One authorization server: its metadata, or why it can't be used. */
export type DiscoveredServer =
  | {
      kind: 'usable';
      /** As the server spells it. */
      issuer: string;
      /** If it does not announce PKCE, the user has to accept that (DISC-13). */
      metadata: ServerMetadata;
      /** The optional endpoints that are not safe URLs and were left out, by their names in the metadata. */
      omitted?: readonly string[];
    }
  | { kind: 'unusable'; issuer: string; failure: SignInFailure; asked: readonly DiscoveryAttempt[] };

/** One request of a search and its result. URLs have no query. */
export type DiscoveryAttempt =
  /**
   * The unauthorized call got a response; `namesMetadata` says whether it has a readable challenge that links to the
   * metadata, and `isMalformed` that its challenges break the rules of RFC 9110 §11.6.1.
   */
  | { kind: 'answered'; url: string; status: number; namesMetadata: boolean; isMalformed?: true }
  | ({ kind: 'failed' } & SignInFailure);

/** The state of a search, for the UI. */
export type DiscoveryState =
  | { kind: 'idle' }
  | { kind: 'searching'; url: string }
  | { kind: 'found'; url: string; found: DiscoveredService }
  /** Nothing usable at the URL; `asked` lists each request and its result. */
  | { kind: 'nothing'; url: string; asked: readonly DiscoveryAttempt[] };
