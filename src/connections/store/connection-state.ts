import type { DpopKeyRef } from '#connections/http/dpop.ts';
import type { OAuthErrorCode, ServerChange } from '#oauth/errors.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** Whether the tokens are bound to a key, which makes a stolen copy useless (M-20). */
export type TokenBinding =
  | ({ kind: 'bound' } & DpopKeyRef)
  /** The server offers binding, but this browser could not store a key. */
  | { kind: 'bearer'; because: 'key-not-kept' }
  /** The server issued a bearer access token anyway; the refresh token may be bound to the key (RFC 9449 §5). */
  | { kind: 'bearer'; because: 'not-granted'; keyId?: string };

/** The tokens a server granted, and everything needed to use and refresh them. Times are milliseconds since 1970. */
export interface Grant {
  server: ServerMetadata;
  clientId: string;
  scope: readonly string[];
  accessToken: string;
  refreshToken?: string;
  /** The nonce of the sign-in. An id_token from a refresh may repeat it and must not contain another (ID-5). */
  nonce?: string;
  obtainedAt: number;
  /** Missing if the server gave no lifetime; the token is then used until a call is rejected (TOK-4). */
  expiresAt?: number;
  /** Missing if the server offers no binding. */
  binding?: TokenBinding;
}

/** A superseded refresh token, the server that can revoke it, and the key it is bound to. */
export type SupersededToken = Pick<Grant, 'server' | 'clientId'> & { refreshToken: string; bound?: DpopKeyRef };

/** The refresh attempts made with the current refresh token. */
export interface Attempts {
  /** Consecutive failures. */
  failures: number;
  /** Requests that probably arrived but whose responses were lost; the server may have rotated the token. */
  lost: number;
}

export const NO_ATTEMPTS: Attempts = { failures: 0, lost: 0 };

const INVALIDATION_REASONS = [
  /** The server rejected the refresh token (`invalid_grant`). */
  'grant-refused',
  /** The server no longer knows this client (`invalid_client`). */
  'client-unknown',
  /** The API rejected a token that was just refreshed, or that could not be refreshed. */
  'token-refused',
  /** The API rejected a just refreshed bound token without a reason this page can read, or accepts only Bearer (DPOP-5). */
  'bound-token-refused',
  /** A refresh of a bound grant returned a bearer token, which was discarded (DPOP-4). */
  'binding-dropped',
  /** This browser no longer has the key that the tokens were bound to. */
  'key-lost',
  /** The API rejected the token, and the resource now names another authorization server (DISC-5). */
  'server-changed',
  /** The server rotated the refresh token, and its response was lost in a tab crash or in transit (REF-6). */
  'answer-lost',
  /** The stored record could not be read. */
  'record-damaged',
] as const;

/** The reason a sign-in ended. */
export type InvalidationReason = (typeof INVALIDATION_REASONS)[number];

/** The reason a sign-in ended, with its details. */
export type Invalidation =
  { reason: Exclude<InvalidationReason, 'server-changed'> } | { reason: 'server-changed'; change: ServerChange };

/** Checks whether a stored value is a known invalidation reason. */
export function isInvalidationReason(value: unknown): value is InvalidationReason {
  return INVALIDATION_REASONS.some((ending) => ending === value);
}

/** The state of a connection, the same in all tabs. Refresh states are stored in the refresh journal. */
export type ConnectionState =
  | { kind: 'connected'; grant: Grant }
  | ({ kind: 'refreshing'; grant: Grant; at: number; isRetry?: true } & Attempts)
  /** The last refresh failed temporarily; no call triggers another one before `until`. */
  | ({ kind: 'waiting'; grant: Grant; since?: number; until: number; because?: OAuthErrorCode } & Attempts)
  | ({
      kind: 'needs-sign-in';
      at: number;
      /** The scope that was granted, which the next sign-in requests (AUTH-7). Empty if unknown. */
      scope: readonly string[];
      /** The grant was bound, so the next one must be bound too (DPOP-4). */
      wasBound?: true;
    } & Invalidation);

export type SettledState = Extract<ConnectionState, { kind: 'connected' | 'needs-sign-in' }>;

export type ConnectionEvent =
  | { type: 'granted'; grant: Grant }
  | ({ type: 'refresh-started'; at: number; isRetry?: true } & Attempts)
  /** `because` is missing after an error of the app itself. */
  | ({ type: 'refresh-failed'; since?: number; until: number; because?: OAuthErrorCode } & Attempts)
  | ({ type: 'ended'; at: number } & Invalidation);

/**
 * Returns the state after `event`. The function is pure and total: an event that no longer applies returns `state` itself, for
 * example a refresh that starts after the connection has ended.
 */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.type) {
    case 'granted':
      return { kind: 'connected', grant: event.grant };
    case 'refresh-started': {
      if (state.kind === 'needs-sign-in') return state;
      const { type: _type, ...refresh } = event;
      return { kind: 'refreshing', grant: state.grant, ...refresh };
    }
    case 'refresh-failed':
      if (state.kind !== 'refreshing') return state;
      const { type: _type, ...wait } = event;
      return { kind: 'waiting', grant: state.grant, ...wait };
    case 'ended': {
      const { type: _ended, ...ending } = event;
      const bound = wasBound(state) && { wasBound: true as const };
      return { kind: 'needs-sign-in', ...ending, scope: grantedScope(state), ...bound };
    }
  }
}

/** Returns the granted scope, or the one at the time the sign-in ended. */
export function grantedScope(state: ConnectionState): readonly string[] {
  return state.kind === 'needs-sign-in' ? state.scope : state.grant.scope;
}

/** Returns whether the tokens are bound to a key, or were when the sign-in ended. */
export function wasBound(state: ConnectionState): boolean {
  return state.kind === 'needs-sign-in' ? state.wasBound === true : boundKeyOf(state.grant) !== undefined;
}

/**
 * Returns the key for the DPoP proof of a refresh or revocation. A public client's refresh token is bound to the key even if the
 * access token is not (DPOP-3; RFC 9449 §5).
 */
export function dpopKeyForRefresh({ binding }: Pick<Grant, 'binding'>): DpopKeyRef | undefined {
  if (binding?.kind === 'bound') return binding;
  return binding?.because === 'not-granted' && binding.keyId !== undefined ? { keyId: binding.keyId } : undefined;
}

/** Returns the key that a grant's access token is bound to, or undefined for bearer tokens. */
export function boundKeyOf({ binding }: Pick<Grant, 'binding'>): DpopKeyRef | undefined {
  return binding?.kind === 'bound' ? binding : undefined;
}
