import { useNavigate } from 'react-router';

import type { AppContext } from '#app/composition/app-context.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { reauthorizationScope } from '#connections/sign-in/reauthorization-scope.ts';
import { grantedScope, wasBound, type ConnectionState } from '#connections/store/connection-state.ts';
import type { Connection } from '#connections/store/connection-view.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

/** What a person wants of a connection that exists. */
export interface ReauthorizeRequest {
  connectionId: string;
  returnTo: string;
  /** Wanted beside what is granted already (M-9). */
  scope?: readonly string[];
  /** The post that waits for it, and goes out when it is granted. */
  resumes?: string;
  /** How the person has to sign in this time (API-8). */
  authentication?: StepUpChallenge;
  /** The server has said that it does not know this app any more. */
  isForgotten?: boolean;
}

/** Ways to begin a sign-in from a screen. Progress and failure are shown at Connections and on the first-run screen. */
export interface SignInActions {
  /** A new connection, with what the service asks for at first. */
  connect(serviceId: string, options?: { returnTo?: string; isForgotten?: boolean }): void;
  /** The same connection again: with what it was granted, and what is wanted beside it (AUTH-7). */
  signInAgain(request: ReauthorizeRequest): void;
  /** Whether nobody here may choose another server for a service: the deployer has named one (DISC-6). */
  isServerFixed(service: ServiceReference): boolean;
  /**
   * Signs in at a server that the service has come to name, and that somebody has looked at (DISC-5). Another issuer means
   * another person, so this is a connection of its own; the older one stays as it is (UI-4).
   */
  approveServer(connectionId: string, issuer: string): Promise<void>;
  /** As those two, from a screen that can't show progress: goes to Connections first. */
  connectOnConnections(serviceId: string | undefined, options?: { returnTo?: string; isForgotten?: boolean }): void;
  reauthorizeOnConnections(request: ReauthorizeRequest): void;
}

/** The ways, for one screen. */
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
    // DISC-5: nobody has looked at the new server yet; the connection's card asks for that.
    if (state.kind === 'needs-sign-in' && state.reason === 'server-changed') return;
    const granted = grantedScope(state);
    // What is no longer offered can still be refreshed where it is connected.
    const service = findService(connection.service.id) ?? { ...connection.service, firstScopes: granted };
    // DISC-5: a resource that has come to name another server is not followed there.
    const issuer = service.issuer ?? connection.identity?.issuer ?? issuerOf(state);
    const loginHint = loginHintOf(connection);
    void signIns.start({
      service: { ...service, ...(issuer !== undefined && { issuer }) },
      scope: reauthorizationScope(granted, service.firstScopes, wanted, hasRefreshToken(state)),
      returnTo,
      connectionId,
      isForgotten: isForgotten || (state.kind === 'needs-sign-in' && state.reason === 'client-unknown'),
      ...(wasBound(state) && { isDpopBound: true }),
      ...(resumes !== undefined && { resumes }),
      ...(request.authentication && { authentication: request.authentication }),
      ...(loginHint !== undefined && { loginHint }),
    });
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

/** A service at another server. A client id that somebody brought is the old one's, and shown to no other (REG-2). */
function movedTo<S extends ServiceReference>({ clientId: _old, ...service }: S, issuer: string) {
  return { ...service, issuer };
}

const hasRefreshToken = (state: ConnectionState): boolean =>
  state.kind !== 'needs-sign-in' && state.grant.refreshToken !== undefined;

const issuerOf = (state: ConnectionState): string | undefined =>
  state.kind === 'needs-sign-in' ? undefined : state.grant.server.issuer;

/** What the server knows the person by: it may then offer that account first. */
function loginHintOf({ identity }: Connection): string | undefined {
  return identity?.username ?? identity?.email;
}
