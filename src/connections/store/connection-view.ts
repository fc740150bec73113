import type { ServiceReference } from '#connections/services/service.ts';
import type { Identity } from '#oauth/identity.ts';
import { parseToken, type ParsedToken } from '#oauth/parse-token.ts';

import type { ConnectionRecord } from './connection-record.ts';
import type { TokenBinding, ConnectionState, Invalidation } from './connection-state.ts';
import { waitCauseOf, type WaitCause } from './refresh-journal.ts';

/** A connection at work: as the vault keeps it, but in any state. */
export type Connection = Omit<ConnectionRecord, 'state'> & { state: ConnectionState };

/** What a screen may know of a connection: everything but tokens. Times are milliseconds since 1970. */
export interface ConnectionView {
  id: string;
  service: ServiceReference;
  identity?: Identity;
  /** Scopes that are granted; empty when sign-in is needed. */
  scope: readonly string[];
  connectedAt: number;
  status: ConnectionStatus;
  details?: ConnectionDetails;
}

export type ConnectionStatus =
  | { kind: 'connected'; expiresAt?: number; refreshesItself: boolean }
  | { kind: 'refreshing' }
  /** Tried again by itself then. Without `because` for a cause that is not told apart. */
  | { kind: 'waiting'; until: number; because?: WaitCause }
  | ({ kind: 'needs-sign-in'; at: number } & Invalidation);

export interface ConnectionDetails {
  issuer: string;
  clientId: string;
  obtainedAt: number;
  /** By its look alone (M-11); what stands in it is read for showing only, and when somebody asks. */
  accessTokenForm: ParsedToken['kind'];
  hasRefreshToken: boolean;
  /** `bearer`: the server offers no binding. The others say why tokens that could be bound are not. */
  binding: 'bound' | 'bearer' | 'key-not-kept' | 'not-granted';
}

/** The view of a connection: no token in it, so that it may go anywhere a screen's data goes. */
export function toView({ id, service, identity, connectedAt, state }: Connection): ConnectionView {
  const grant = state.kind === 'needs-sign-in' ? undefined : state.grant;
  return {
    id,
    service,
    ...(identity && { identity }),
    connectedAt,
    scope: grant?.scope ?? [],
    status: statusOf(state),
    ...(grant && {
      details: {
        issuer: grant.server.issuer,
        clientId: grant.clientId,
        obtainedAt: grant.obtainedAt,
        accessTokenForm: parseToken(grant.accessToken).kind,
        hasRefreshToken: grant.refreshToken !== undefined,
        binding: shownBinding(grant.binding),
      },
    }),
  };
}

function shownBinding(binding: TokenBinding | undefined): ConnectionDetails['binding'] {
  if (!binding) return 'bearer';
  return binding.kind === 'bound' ? 'bound' : binding.because;
}

function statusOf(state: ConnectionState): ConnectionStatus {
  switch (state.kind) {
    case 'connected': {
      const { expiresAt, refreshToken } = state.grant;
      return {
        kind: 'connected',
        refreshesItself: refreshToken !== undefined,
        ...(expiresAt !== undefined && { expiresAt }),
      };
    }
    case 'waiting': {
      const because = waitCauseOf(state.because);
      return { kind: 'waiting', until: state.until, ...(because && { because }) };
    }
    case 'refreshing':
      return { kind: 'refreshing' };
    case 'needs-sign-in': {
      const { scope: _scope, ...status } = state;
      return status;
    }
  }
}
