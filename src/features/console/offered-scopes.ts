import type { CallRejection } from '#api/console-call.ts';
import type { Service } from '#connections/services/service.ts';
import { effectiveScope } from '#connections/sign-in/reauthorization-scope.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';

/** Scopes that belong together, and their purpose if the service's entry states it. */
export interface ScopeChoice {
  label: string | undefined;
  scopes: readonly string[];
}

/** What requesting more scopes could do about a rejection. */
export type ScopeOffer =
  /** The service named the missing scopes. */
  | { kind: 'named'; scopes: readonly string[] }
  /** The service did not name them: offers the scopes not yet granted. */
  | { kind: 'choices'; choices: readonly ScopeChoice[]; isCertain: boolean }
  /** All scopes that the service names are granted, yet it still rejects the call; asking again would change nothing (API-7). */
  | { kind: 'already-granted' };

/** Returns the scopes to offer after a rejection; undefined if scope is not the reason or there is nothing to request. */
export function scopeOffer(
  rejection: CallRejection | undefined,
  connection: ConnectionView,
  service: Service | undefined,
): ScopeOffer | undefined {
  if (rejection?.kind !== 'scope' && rejection?.kind !== 'unexplained') return undefined;
  const { scope: granted, details } = connection;
  const held = effectiveScope(granted, service?.firstScopes ?? [], details?.hasRefreshToken === true);
  const isMissing = (scope: string): boolean => !held.includes(scope);
  if (rejection.kind === 'scope' && rejection.missing.length > 0) {
    const scopes = rejection.missing.filter(isMissing);
    return scopes.length > 0 ? { kind: 'named', scopes } : { kind: 'already-granted' };
  }
  const choices = choicesOf(service, isMissing);
  return choices.length > 0 ? { kind: 'choices', choices, isCertain: rejection.kind === 'scope' } : undefined;
}

function choicesOf(service: Service | undefined, isMissing: (scope: string) => boolean): ScopeChoice[] {
  const { permissions = [], firstScopes = [] } = service ?? {};
  const described = new Set(permissions.flatMap(({ scopes }) => scopes));
  const single = firstScopes.filter((scope) => !described.has(scope));
  return [
    ...permissions.map(({ label, scopes }) => ({ label, scopes: scopes.filter(isMissing) })),
    ...single.map((scope) => ({ label: undefined, scopes: [scope].filter(isMissing) })),
  ].filter(({ scopes }) => scopes.length > 0);
}
