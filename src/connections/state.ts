import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** What a server granted, and everything needed to use and renew it. Times are milliseconds since 1970. */
export interface Grant {
  server: ServerMetadata;
  clientId: string;
  scope: readonly string[];
  accessToken: string;
  refreshToken?: string;
  obtainedAt: number;
  /** Missing: the server gave no lifetime; the token is used until a call is refused (TOK-4). */
  expiresAt?: number;
}

export type EndedBy =
  /** The server refused the refresh token (`invalid_grant`). */
  | 'grant-refused'
  /** The server no longer knows this app (`invalid_client`). */
  | 'client-unknown'
  /** A call was refused although the token had just been renewed, or it could not be renewed at all. */
  | 'token-refused'
  /** What was stored could not be read. */
  | 'record-damaged';

/** A connection's life. `connected` and `needs-sign-in` are kept in the vault; the others last as long as an errand. */
export type ConnectionState =
  | { kind: 'connected'; grant: Grant }
  | { kind: 'refreshing'; grant: Grant }
  /** The last refresh failed for now; calls wait until then before they try again. */
  | { kind: 'waiting'; grant: Grant; until: number }
  | { kind: 'revoking'; grant: Grant }
  | { kind: 'needs-sign-in'; reason: EndedBy; at: number };

export type SettledState = Extract<ConnectionState, { kind: 'connected' | 'needs-sign-in' }>;

export type ConnectionEvent =
  | { type: 'granted'; grant: Grant }
  | { type: 'refresh-started' }
  | { type: 'refresh-failed'; until: number }
  | { type: 'revocation-started' }
  | { type: 'ended'; reason: EndedBy; at: number };

/**
 * The state after `event`. Pure and total: an event that no longer fits changes nothing, as when a refresh begins on a
 * connection that is being revoked (REF-8).
 */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.type) {
    case 'granted':
      return state.kind === 'revoking' ? state : { kind: 'connected', grant: event.grant };
    case 'refresh-started':
      return state.kind === 'connected' || state.kind === 'waiting'
        ? { kind: 'refreshing', grant: state.grant }
        : state;
    case 'refresh-failed':
      return state.kind === 'refreshing' ? { kind: 'waiting', grant: state.grant, until: event.until } : state;
    case 'revocation-started':
      return state.kind === 'needs-sign-in' ? state : { kind: 'revoking', grant: state.grant };
    case 'ended':
      return state.kind === 'revoking' ? state : { kind: 'needs-sign-in', reason: event.reason, at: event.at };
  }
}

/** The state to keep in the vault: what an errand has not yet changed. */
export function settled(state: ConnectionState): SettledState {
  return state.kind === 'needs-sign-in' ? state : { kind: 'connected', grant: state.grant };
}
