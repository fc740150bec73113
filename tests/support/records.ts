import type { ConnectionRecord } from '#connections/store/connection-record.ts';
import type { Grant } from '#connections/store/connection-state.ts';

/** A grant as a server issues it. */
export function grant(changes: Partial<Grant> = {}): Grant {
  return {
    server: {
      issuer: 'https://as.example',
      authorization_endpoint: 'https://as.example/authorize',
      token_endpoint: 'https://as.example/token',
    },
    clientId: 'app',
    scope: ['posts:read'],
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    obtainedAt: 1000,
    expiresAt: 61_000,
    ...changes,
  };
}

/** A connection as the vault stores it. */
export function record(changes: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    version: 2,
    id: 'c-1',
    service: { id: 'birdsong', name: 'Birdsong', resource: 'https://api.example/v1' },
    identity: { issuer: 'https://as.example', subject: 'ada', name: 'Ada' },
    connectedAt: 1000,
    state: { kind: 'connected', grant: grant() },
    ...changes,
  };
}
