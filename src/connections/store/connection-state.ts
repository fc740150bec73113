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
  /** The subject that the `sub` member of the token response named at sign-in; a refresh must not name another. */
  responseSubject?: string;
  /** The server issues a refresh token only after `prompt=consent`, so every sign-in asks for it (AUTH-9). */
  needsConsent?: true;
}

/** A superseded refresh token, the server that can revoke it, and the key it is bound to. */
export type SupersededToken = Pick<Grant, 'server' | 'clientId'> & { refreshToken: string; bound?: DpopKeyRef };

/** The refresh attempts made with the current refresh token. */
export interface Attempts {
  /** Consecutive failures. */
  failures: number;
  /** Requests that probably arrived but whose responses were lost; the server may have rotated the token. */
  lost: number;
  /** Consecutive refusals, by the server or by this app; missing if there is none. */
  refusals?: number;
}

/** A refresh that was refused several times in a row, so that only a sign-in is likely to help. The grant is still stored. */
export interface Refusal {
  /** `app`: the server sent tokens that this app rejected. */
  by: 'server' | 'app';
  /** The server's error code and description as plain text, truncated and without secrets: its own claims. */
  error?: string;
  description?: string;
}

export const NO_ATTEMPTS: Attempts = { failures: 0, lost: 0 };

const INVALIDATION_REASONS = [
  /** The server rejected the refresh token (`invalid_grant`). */
  'grant-refused',
  /** The server wants the user to sign in, consent or confirm something (`interaction_required` and the like). */
  'user-needed',
  /** A refresh brought tokens of another user, issuer or client, which were discarded (ID-5). */
  'account-mismatch',
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

/** Why and until when a refresh waits. Times in milliseconds since 1970. */
export interface Waiting extends Attempts {
  since?: number;
  until: number;
  /** Missing after an error of the app itself. */
  because?: OAuthErrorCode;
  refusal?: Refusal;
}

/** The state of a connection, the same in all tabs. Refresh states are stored in the refresh journal. */
export type ConnectionState =
  | { kind: 'connected'; grant: Grant }
  | ({ kind: 'refreshing'; grant: Grant; at: number; isRetry?: true } & Attempts)
  /** The last refresh failed temporarily; no call triggers another one before `until`. */
  | ({ kind: 'waiting'; grant: Grant } & Waiting)
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
  /** The server has replaced the refresh token; whether the new access token can be used is not known yet, or it cannot. */
  | { type: 'refresh-token-replaced'; refreshToken: string }
  | ({ type: 'refresh-failed' } & Waiting)
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
    case 'refresh-token-replaced': {
      if (state.kind !== 'refreshing') return state;
      const { isRetry: _over, ...refresh } = state;
      return { ...refresh, lost: 0, grant: { ...state.grant, refreshToken: event.refreshToken } };
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
 * Returns the client id that still has the user's consent to a refresh token; undefined if the next sign-in has to ask for it
 * (AUTH-9).
 */
export function consentedClient(state: ConnectionState): string | undefined {
  return state.kind === 'needs-sign-in' || needsConsent(state) ? undefined : state.grant.clientId;
}

/**
 * Returns whether the next sign-in has to ask for consent to get a refresh token (AUTH-9): the grant with the last one has
 * ended, the last response had none, or the server issues one in no other way.
 */
export function needsConsent(state: ConnectionState): boolean {
  return state.kind === 'needs-sign-in' || state.grant.refreshToken === undefined || state.grant.needsConsent === true;
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
