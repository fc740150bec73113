import type { OAuthErrorCode } from '#oauth/errors.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** What a server granted, and everything needed to use and renew it. Times are milliseconds since 1970. */
export interface Grant {
  server: ServerMetadata;
  clientId: string;
  scope: readonly string[];
  accessToken: string;
  refreshToken?: string;
  /** Of the sign-in: an id_token out of a refresh may repeat it, and have no other (ID-5). */
  nonce?: string;
  obtainedAt: number;
  /** Missing: the server gave no lifetime; the token is used until a call is refused (TOK-4). */
  expiresAt?: number;
}

const ENDINGS = [
  /** The server refused the refresh token (`invalid_grant`). */
  'grant-refused',
  /** The server no longer knows this app (`invalid_client`). */
  'client-unknown',
  /** A call was refused although the token had just been renewed, or it could not be renewed at all. */
  'token-refused',
  /** What was stored could not be read. */
  'record-damaged',
] as const;

/** What ended a sign-in. */
export type EndedBy = (typeof ENDINGS)[number];

/** Whether a stored value names an ending that this code knows. */
export function isEndedBy(value: unknown): value is EndedBy {
  return ENDINGS.some((ending) => ending === value);
}

/** A connection's life. `connected` and `needs-sign-in` are kept in the vault; the others last as long as an errand. */
export type ConnectionState =
  | { kind: 'connected'; grant: Grant }
  | { kind: 'refreshing'; grant: Grant }
  /** The last refresh failed for now; calls wait until then before they try again. */
  | { kind: 'waiting'; grant: Grant; until: number; because?: OAuthErrorCode }
  | {
      kind: 'needs-sign-in';
      reason: EndedBy;
      at: number;
      /** What had been granted: what the next sign-in asks for (AUTH-7). Empty where it is not known. */
      scope: readonly string[];
    };

export type SettledState = Extract<ConnectionState, { kind: 'connected' | 'needs-sign-in' }>;

export type ConnectionEvent =
  | { type: 'granted'; grant: Grant }
  | { type: 'refresh-started' }
  /** `because` is missing after a fault of the app itself. */
  | { type: 'refresh-failed'; until: number; because?: OAuthErrorCode }
  | { type: 'ended'; reason: EndedBy; at: number };

/**
 * The state after `event`. Pure and total: an event that no longer fits changes nothing, as when a refresh begins on a
 * connection that has ended.
 */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.type) {
    case 'granted':
      return { kind: 'connected', grant: event.grant };
    case 'refresh-started':
      return state.kind === 'connected' || state.kind === 'waiting'
        ? { kind: 'refreshing', grant: state.grant }
        : state;
    case 'refresh-failed':
      if (state.kind !== 'refreshing') return state;
      const { type: _type, ...wait } = event;
      return { kind: 'waiting', grant: state.grant, ...wait };
    case 'ended':
      return { kind: 'needs-sign-in', reason: event.reason, at: event.at, scope: grantedScope(state) };
  }
}

/** The state to keep in the vault: what an errand has not yet changed. */
export function settled(state: ConnectionState): SettledState {
  return state.kind === 'needs-sign-in' ? state : { kind: 'connected', grant: state.grant };
}

/** What is granted, or was when the sign-in ended. */
export function grantedScope(state: ConnectionState): readonly string[] {
  return state.kind === 'needs-sign-in' ? state.scope : state.grant.scope;
}
