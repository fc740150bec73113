import type { ServiceReference } from '#connections/services/service.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { Identity } from '#oauth/identity.ts';
import { parseToken, type ParsedToken } from '#oauth/parse-token.ts';

import type { ConnectionRecord } from './connection-record.ts';
import type { TokenBinding, ConnectionState, Invalidation, Refusal } from './connection-state.ts';
import { waitCauseOf, type WaitCause } from './wait-cause.ts';

/** A connection in memory: like the stored record, but in any state. */
export type Connection = Omit<ConnectionRecord, 'state'> & { state: ConnectionState };

/** The data of a connection that the UI may see: everything but tokens. Times are milliseconds since 1970. */
export interface ConnectionView {
  id: string;
  service: ServiceReference;
  identity?: Identity;
  /** The granted scopes; empty if a sign-in is needed. */
  scope: readonly string[];
  connectedAt: number;
  status: ConnectionStatus;
  details?: ConnectionDetails;
}

export type ConnectionStatus =
  | { kind: 'connected'; expiresAt?: number; refreshesItself: boolean }
  | { kind: 'refreshing' }
  /** The refresh is retried automatically at `until`. `because` is missing for a cause the UI does not distinguish. */
  | { kind: 'waiting'; until: number; because?: WaitCause }
  /** The refresh was refused several times in a row. The grant is stored, but only a sign-in is likely to help. */
  | { kind: 'refused'; refusal: Refusal; because?: WaitCause }
  | ({ kind: 'needs-sign-in'; at: number } & Invalidation);

export interface ConnectionDetails {
  issuer: string;
  clientId: string;
  obtainedAt: number;
  /** Determined by the token's format alone (M-11); its contents are decoded only for display, on request. */
  accessTokenForm: ParsedToken['kind'];
  hasRefreshToken: boolean;
  /** Whether the server can be asked to revoke the tokens. */
  offersRevocation: boolean;
  /** `bearer`: the server offers no binding. `key-not-kept` and `not-granted`: why tokens that could be bound are not. */
  binding: 'bound' | 'bearer' | 'key-not-kept' | 'not-granted';
}

/** Returns the view of a connection. It contains no token, so it is safe to pass anywhere in the UI. */
export function toView({ id, service, identity, connectedAt, state }: Connection): ConnectionView {
  const grant = state.kind === 'needs-sign-in' ? undefined : state.grant;
  return omitUndefined({
    id,
    service,
    identity,
    connectedAt,
    scope: grant?.scope ?? [],
    status: statusOf(state),
    details: grant && {
      issuer: grant.server.issuer,
      clientId: grant.clientId,
      obtainedAt: grant.obtainedAt,
      accessTokenForm: parseToken(grant.accessToken).kind,
      hasRefreshToken: grant.refreshToken !== undefined,
      offersRevocation: grant.server.revocation_endpoint !== undefined,
      binding: shownBinding(grant.binding),
    },
  });
}

function shownBinding(binding: TokenBinding | undefined): ConnectionDetails['binding'] {
  if (!binding) return 'bearer';
  return binding.kind === 'bound' ? 'bound' : binding.because;
}

function statusOf(state: ConnectionState): ConnectionStatus {
  switch (state.kind) {
    case 'connected': {
      const { expiresAt, refreshToken } = state.grant;
      return omitUndefined({
        kind: 'connected',
        refreshesItself: refreshToken !== undefined,
        expiresAt,
      });
    }
    case 'waiting': {
      const because = waitCauseOf(state.because);
      if (state.refusal) return omitUndefined({ kind: 'refused', refusal: state.refusal, because });
      return omitUndefined({ kind: 'waiting', until: state.until, because });
    }
    case 'refreshing':
      return { kind: 'refreshing' };
    case 'needs-sign-in': {
      const { scope: _scope, ...status } = state;
      return status;
    }
  }
}
