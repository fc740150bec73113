import { useNavigate } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { reauthorizationScope } from '#connections/sign-in/reauthorization-scope.ts';
import { consentedClient, grantedScope, wasBound, type ConnectionState } from '#connections/store/connection-state.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

/** A request to sign in again for an existing connection. */
export interface ReauthorizeRequest {
  connectionId: string;
  returnTo: string;
  /** The scopes requested in addition to those granted already (M-9). */
  scope?: readonly string[];
  /** The id of the post that waits for the sign-in, and is published after it. */
  resumes?: string;
  /** How the user must authenticate this time (API-8). */
  authentication?: StepUpChallenge;
  /** True if the server has reported that it no longer knows this client. */
  isForgotten?: boolean;
}

/** The ways to start a sign-in from a screen. Connections and the first-run screen show progress and failures. */
export interface SignInActions {
  /** Signs in for a new connection, with the service's initial scopes. */
  connect(serviceId: string, options?: { returnTo?: string; isForgotten?: boolean }): void;
  /** Signs in again for the same connection, with its granted scopes and the additional ones (AUTH-7). */
  signInAgain(request: ReauthorizeRequest): void;
  /** Returns whether the deployer has configured the service's server, so that the user cannot choose another (DISC-6). */
  isServerFixed(service: ServiceReference): boolean;
  /**
   * Signs in at the server that the service now names, once the user has reviewed it (DISC-5). A different issuer means a
   * different user, so this creates a new connection; the old one stays as it is (UI-4).
   */
  approveServer(connectionId: string, issuer: string): Promise<void>;
  /** Like `connect` and `signInAgain`, from a screen that can't show progress: navigates to Connections first. */
  connectOnConnections(serviceId: string | undefined, options?: { returnTo?: string; isForgotten?: boolean }): void;
  reauthorizeOnConnections(request: ReauthorizeRequest): void;
}

/** Returns the ways to start a sign-in from a screen. */
export function useSignIn({ catalog, connections, signIns }: AppContext): SignInActions {
  const navigate = useNavigate();
  const findService = (id: string) => catalog.get()?.services.find((service) => service.id === id);

  const connect: SignInActions['connect'] = (serviceId, { returnTo = '/', isForgotten = false } = {}) => {
    const service = findService(serviceId);
    if (service) void signIns.start({ service, scope: service.firstScopes, returnTo, isForgotten });
  };
  const signInAgain: SignInActions['signInAgain'] = (request) => {
    const { connectionId, returnTo, scope: wanted = [], resumes, isForgotten = false } = request;
    const connection = connections.find(connectionId);
    if (!connection) return;
    const { state } = connection;
    // DISC-5: the user has not reviewed the new server yet; the connection's card asks for that.
    if (state.kind === 'needs-sign-in' && state.reason === 'server-changed') return;
    const granted = grantedScope(state);
    // A service that is no longer offered can still be reconnected.
    const service = findService(connection.service.id) ?? { ...connection.service, firstScopes: granted };
    // DISC-5: pin the issuer, so that a resource that names another server by now is not followed there.
    const issuer = service.issuer ?? connection.identity?.issuer ?? issuerOf(state);
    const loginHint = loginHintOf(connection);
    void signIns.start(
      omitUndefined({
        service: omitUndefined({ ...service, issuer }),
        scope: reauthorizationScope(granted, service.firstScopes, wanted, hasRefreshToken(state)),
        returnTo,
        connectionId,
        isForgotten: isForgotten || (state.kind === 'needs-sign-in' && state.reason === 'client-unknown'),
        isDpopBound: wasBound(state) || undefined,
        consentedClient: consentedClient(state),
        resumes,
        authentication: request.authentication,
        loginHint,
      }),
    );
  };
  const isAdded = ({ id }: ServiceReference): boolean => catalog.custom.get(id) !== undefined;
  const isServerFixed: SignInActions['isServerFixed'] = (service) =>
    (findService(service.id) ?? service).issuer !== undefined && !isAdded(service);
  const approveServer: SignInActions['approveServer'] = async (connectionId, issuer) => {
    const connection = connections.find(connectionId);
    if (!connection || isServerFixed(connection.service)) return;
    const added = catalog.custom.get(connection.service.id);
    const listed = findService(connection.service.id);
    const { firstScopes } = listed ?? { firstScopes: grantedScope(connection.state) };
    if (added) await catalog.custom.put(movedTo(added, issuer));
    const service = movedTo(listed ?? connection.service, issuer);
    await signIns.start({ service, scope: firstScopes, returnTo: '/connections' });
  };
  return {
    connect,
    signInAgain,
    isServerFixed,
    approveServer,
    connectOnConnections(serviceId, options) {
      void navigate('/connections');
      if (serviceId !== undefined) connect(serviceId, { returnTo: '/connections', ...options });
    },
    reauthorizeOnConnections(request) {
      void navigate('/connections');
      signInAgain(request);
    },
  };
}

/**
 * Returns the service at another server, without what holds for the old server only: its manual client id (REG-2), and the word
 * that it supports PKCE (DISC-13).
 */
function movedTo<S extends ServiceReference>({ clientId: _old, pkce: _vouched, ...service }: S, issuer: string) {
  return { ...service, issuer };
}

const hasRefreshToken = (state: ConnectionState): boolean =>
  state.kind !== 'needs-sign-in' && state.grant.refreshToken !== undefined;

const issuerOf = (state: ConnectionState): string | undefined =>
  state.kind === 'needs-sign-in' ? undefined : state.grant.server.issuer;

/** Returns the name the server knows the user by, so that it can preselect that account. */
function loginHintOf({ identity }: Connection): string | undefined {
  return identity?.username ?? identity?.email;
}
