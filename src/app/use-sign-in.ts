import { useNavigate } from 'react-router';

import type { Services } from './services.ts';

/** Ways to begin a sign-in from a screen. Progress and failure are shown at Connections and on the first-run screen. */
export interface SignInActions {
  /** A new connection, with what the service asks for at first. */
  connect(serviceId: string, returnTo?: string): void;
  /** The same connection again, with all it had and what the service asks for at first (AUTH-7). */
  reconnect(connectionId: string, returnTo?: string): void;
  /** Goes to Connections and connects there, from a screen that can't show progress. */
  connectThere(serviceId: string | undefined): void;
  reconnectThere(connectionId: string, returnTo: string): void;
}

/** The ways, for one screen. */
export function useSignIn({ services, connections, starter }: Services): SignInActions {
  const navigate = useNavigate();
  const serviceOf = (id: string) => services.find((service) => service.id === id);

  const connect = (serviceId: string, returnTo = '/'): void => {
    const service = serviceOf(serviceId);
    if (service) void starter.begin({ service, scope: service.firstScopes, returnTo });
  };
  const reconnect = (connectionId: string, returnTo = '/connections'): void => {
    const connection = connections.find(connectionId);
    const service = connection && serviceOf(connection.service.id);
    if (!service) return;
    const { state } = connection;
    const granted = state.kind === 'needs-sign-in' ? [] : state.grant.scope;
    const scope = [...new Set([...granted, ...service.firstScopes])];
    const isForgotten = state.kind === 'needs-sign-in' && state.reason === 'client-unknown';
    void starter.begin({ service, scope, returnTo, connectionId, isForgotten });
  };
  return {
    connect,
    reconnect,
    connectThere(serviceId) {
      void navigate('/connections');
      if (serviceId !== undefined) connect(serviceId, '/connections');
    },
    reconnectThere(connectionId, returnTo) {
      void navigate('/connections');
      reconnect(connectionId, returnTo);
    },
  };
}
