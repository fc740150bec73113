import type { HttpClient } from '#connections/http/http-client.ts';
import { loadChunk, ChunkLoadError } from '#connections/load-chunk.ts';
import { signOutReturnUri } from '#connections/registration/redirect-uri.ts';
import type { Registrations } from '#connections/registration/registration-store.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { endSessionUrl } from '#oauth/end-session.ts';
import type { TraceTag } from '#trace/event.ts';
import { maskParameters } from '#trace/mask.ts';

import type { DisconnectOutcome } from './disconnect-outcome.ts';
import type { PendingLogout, PendingLogouts } from './pending-logout.ts';

export interface LogoutDeps {
  store: ConnectionStore;
  http: HttpClient;
  registrations: Registrations;
  pendingLogouts: PendingLogouts;
  /** The folder the app is served from, with a trailing slash. */
  appUrl: string;
}

/** A sign-out at the provider that can follow a disconnect (REV-5). */
export interface Logout {
  /** The provider's host, including the port. */
  host: string;
  /**
   * True if the provider redirects back to the app, which it does only if this browser's registration includes the
   * redirect URI.
   */
  hasReturnUri: boolean;
  /** Stores the result of the disconnect and returns the logout URL to navigate to. */
  begin(outcome: DisconnectOutcome): string;
}

/**
 * Prepares the sign-out at a connection's provider. Call it before disconnecting: afterwards the server is no longer
 * known. Returns undefined if the server offers no logout endpoint or the connection needs a sign-in.
 */
export async function prepareLogout(deps: LogoutDeps, connectionId: string): Promise<Logout | undefined> {
  const { store, http, registrations, pendingLogouts, appUrl } = deps;
  const connection = store.find(connectionId);
  if (!connection || connection.state.kind === 'needs-sign-in') return undefined;
  const { service, identity } = connection;
  const { server, clientId } = connection.state.grant;
  const tag: TraceTag = { flow: crypto.randomUUID(), kind: 'disconnect', service: service.name };
  const { allowLoopbackHttp } = http.forFlow(tag);
  const registration = await registrations.find(server.issuer, clientId);
  const returnUri = signOutReturnUri(appUrl);
  const hasReturnUri = pendingLogouts.isUsable && registration?.signOutReturnUri === returnUri;
  const state = await newState();
  if (state === undefined) return undefined;
  const request = { clientId, ...(hasReturnUri && { postLogoutRedirect: { uri: returnUri, state } }) };
  const url = endSessionUrl(server, request, allowLoopbackHttp);
  if (url === undefined) return undefined;
  const { host, origin, pathname, searchParams } = new URL(url);
  return {
    host,
    hasReturnUri,
    begin(outcome) {
      const signOut: PendingLogout = omitUndefined({
        host,
        service,
        connection: connectionId,
        outcome,
        flow: tag.flow,
        state: hasReturnUri ? state : undefined,
        identity,
        registration: registration && { issuer: server.issuer, clientId },
      });
      pendingLogouts.save(signOut);
      http.recorder.record(tag, {
        type: 'redirect-out',
        url: origin + pathname,
        parameters: maskParameters(searchParams),
      });
      http.recorder.save();
      return url;
    },
  };
}

/**
 * Returns undefined if the script can't be loaded, for example offline: a connection can be ended without a sign-out.
 */
async function newState(): Promise<string | undefined> {
  try {
    const { generateRandomValue } = await loadChunk(() => import('#oauth/pkce.ts'));
    return generateRandomValue();
  } catch (error) {
    if (error instanceof ChunkLoadError) return undefined;
    throw error;
  }
}

/**
 * Handles the redirect back from a provider's logout page. A missing or foreign state is not an error; it just confirms
 * nothing.
 * @param parameters the query parameters of the callback URL
 */
export function handleLogoutReturn(
  { pendingLogouts, http, appUrl }: Pick<LogoutDeps, 'pendingLogouts' | 'http' | 'appUrl'>,
  parameters: URLSearchParams,
): void {
  const signOut = pendingLogouts.find();
  if (!signOut) return;
  http.recorder.record(
    { flow: signOut.flow, kind: 'disconnect', service: signOut.service.name },
    { type: 'redirect-back', url: signOutReturnUri(appUrl), parameters: maskParameters(parameters) },
  );
  const states = parameters.getAll('state');
  if (signOut.state === undefined || states.length !== 1 || states[0] !== signOut.state) return;
  pendingLogouts.save({ ...signOut, isLedBack: true });
}
