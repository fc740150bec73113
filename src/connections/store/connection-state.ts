import type { DpopKeyRef } from '#connections/http/dpop.ts';
import type { OAuthErrorCode, ServerChange } from '#oauth/errors.ts';
import type { ServerMetadata } from '#oauth/server-metadata.ts';

/** Whether a stolen copy of a grant's tokens is of use to anyone (M-20). */
export type TokenBinding =
  | ({ kind: 'bound' } & DpopKeyRef)
  /** The server offers binding, and this browser could not keep a key. */
  | { kind: 'bearer'; because: 'key-not-kept' }
  /** The server gave out a plain access token all the same; the refresh token may be bound to the key (RFC 9449 §5). */
  | { kind: 'bearer'; because: 'not-granted'; keyId?: string };

/** What a server granted, and everything needed to use and refresh it. Times are milliseconds since 1970. */
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
  /** Missing: the server offers no binding. */
  binding?: TokenBinding;
}

/** A refresh token that is not used any more, where it can be revoked, and the key that it is bound to. */
export type SupersededToken = Pick<Grant, 'server' | 'clientId'> & { refreshToken: string; bound?: DpopKeyRef };

/** What was tried with the present refresh token. */
export interface Attempts {
  /** Failures in a row. */
  failures: number;
  /** Requests that have probably arrived and whose answers are gone: the server may have replaced the token. */
  lost: number;
}

export const NO_ATTEMPTS: Attempts = { failures: 0, lost: 0 };

const INVALIDATION_REASONS = [
  /** The server refused the refresh token (`invalid_grant`). */
  'grant-refused',
  /** The server no longer knows this app (`invalid_client`). */
  'client-unknown',
  /** A call was refused although the token had just been refreshed, or it could not be refreshed at all. */
  'token-refused',
  /** A bound token was refused, just refreshed, and nothing says why that this page may read; or only Bearer is spoken (DPOP-5). */
  'bound-token-refused',
  /** A refresh of a bound grant brought a token that anyone could use: it was thrown away (DPOP-4). */
  'binding-dropped',
  /** The key that the tokens were bound to is gone from this browser. */
  'key-lost',
  /** So was it, and the resource names another authorization server now (DISC-5). */
  'server-changed',
  /** The server had replaced the refresh token, and its answer was lost: with a tab that crashed, or on the way (REF-6). */
  'answer-lost',
  /** What was stored could not be read. */
  'record-damaged',
] as const;

/** What ended a sign-in. */
export type InvalidationReason = (typeof INVALIDATION_REASONS)[number];

/** Why a sign-in is over, with what there is to know of it. */
export type Invalidation =
  { reason: Exclude<InvalidationReason, 'server-changed'> } | { reason: 'server-changed'; change: ServerChange };

/** Whether a stored value names an ending that this code knows. */
export function isInvalidationReason(value: unknown): value is InvalidationReason {
  return INVALIDATION_REASONS.some((ending) => ending === value);
}

/** A connection's life, over all tabs. What is more than a grant or its end is kept as the refresh journal. */
export type ConnectionState =
  | { kind: 'connected'; grant: Grant }
  | ({ kind: 'refreshing'; grant: Grant; at: number; isRetry?: true } & Attempts)
  /** The last refresh failed for now; calls wait until then before they try again. */
  | ({ kind: 'waiting'; grant: Grant; since?: number; until: number; because?: OAuthErrorCode } & Attempts)
  | ({
      kind: 'needs-sign-in';
      at: number;
      /** What had been granted: what the next sign-in asks for (AUTH-7). Empty where it is not known. */
      scope: readonly string[];
      /** The grant was bound: so must be the next one (DPOP-4). */
      wasBound?: true;
    } & Invalidation);

export type SettledState = Extract<ConnectionState, { kind: 'connected' | 'needs-sign-in' }>;

export type ConnectionEvent =
  | { type: 'granted'; grant: Grant }
  | ({ type: 'refresh-started'; at: number; isRetry?: true } & Attempts)
  /** `because` is missing after a fault of the app itself. */
  | ({ type: 'refresh-failed'; since?: number; until: number; because?: OAuthErrorCode } & Attempts)
  | ({ type: 'ended'; at: number } & Invalidation);

/**
 * The state after `event`. Pure and total: an event that no longer fits changes nothing, as when a refresh begins on a
 * connection that has ended.
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

/** What is granted, or was when the sign-in ended. */
export function grantedScope(state: ConnectionState): readonly string[] {
  return state.kind === 'needs-sign-in' ? state.scope : state.grant.scope;
}

/** Whether the tokens are bound to a key, or were when the sign-in ended. */
export function wasBound(state: ConnectionState): boolean {
  return state.kind === 'needs-sign-in' ? state.wasBound === true : boundKeyOf(state.grant) !== undefined;
}

/**
 * The key to prove where a grant is refreshed or revoked: of a public client the refresh token is bound to it, also where the
 * access token is not (DPOP-3; RFC 9449 §5).
 */
export function dpopKeyForRefresh({ binding }: Pick<Grant, 'binding'>): DpopKeyRef | undefined {
  if (binding?.kind === 'bound') return binding;
  return binding?.because === 'not-granted' && binding.keyId !== undefined ? { keyId: binding.keyId } : undefined;
}

/** The key that a grant is bound to; undefined for tokens that whoever has a copy can use. */
export function boundKeyOf({ binding }: Pick<Grant, 'binding'>): DpopKeyRef | undefined {
  return binding?.kind === 'bound' ? binding : undefined;
}
