import type { Service, ServiceReference } from '#connections/services/service.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';

import type { OnDisconnect, SignOutOffer } from './disconnect-dialog.tsx';
import type { EndedConnection } from './ended-connection.ts';
import type { ServicesProblem } from './services-file-errors.tsx';
import type { TokenShown } from './token-claims.tsx';

/** The services that can be connected. */
export interface OfferedServices {
  services: readonly Service[];
  /** Mistakes in the deployer's list of services. */
  problems: readonly ServicesProblem[];
  /** The path for adding a service by its address; absent if the deployer disables that. */
  addServicePath?: string;
  /** Services that the user added and no connection uses; they can be removed from the list. */
  removable: readonly string[];
  /** Services whose client id the user typed in and can therefore change. */
  typedClientIds: readonly string[];
}

/** The sign-out at a provider. */
export interface SignOutReturn {
  /** The connection before the last sign-out, shown until the user dismisses it. */
  signedOut?: EndedConnection;
  /** Whether the page has just returned from that sign-out. */
  isBackFromSignOut?: boolean;
  /** Earlier disconnects that the server did not confirm, until the user dismisses them. */
  unconfirmed: readonly EndedConnection[];
}

/** What the Connections screen asks about connections and services while the user works with them. */
export interface ConnectionQueries {
  /** Parses an access token for display when the user asks for it. */
  parseToken: (connectionId: string) => TokenShown | undefined;
  /** Whether the deployer has fixed a service's sign-in server, so the user cannot choose another one. */
  isServerFixed: (service: ServiceReference) => boolean;
  /** Whether posts are published through a service. */
  takesPosts: (serviceId: string) => boolean;
  /** Returns the provider's sign-out, offered when a connection ends; undefined if the provider has none. */
  findSignOut: (connectionId: string) => Promise<SignOutOffer | undefined>;
}

/** Starts a connection. If `isForgotten`, the service no longer recognises the client, so the app registers again. */
export type OnConnect = (serviceId: string, options?: { isForgotten: boolean }) => void;

/** What the user can do to connections. */
export interface ConnectionActions {
  onConnect: OnConnect;
  onReconnect: (connectionId: string) => void;
  /** Requests additional scopes. */
  onAllow: (connectionId: string, scopes: readonly string[]) => void;
  /** Called when the user approves a service's new sign-in server after reviewing it, to be used from now on (DISC-5). */
  onApproveServer: (connectionId: string, issuer: string) => void;
  /** Stops the sign-in that is being started. */
  onCancel: () => void;
  /** Deletes and revokes the tokens; reports whether the server confirmed the revocation (REV-3). */
  onDisconnect: OnDisconnect;
  onForgetSignOut: () => void;
  /** Removes the report of a disconnect that the server did not confirm. */
  onDismissReport: (connectionId: string) => void;
  /** Removes a service from the list. */
  onRemove: (serviceId: string) => void;
}

/** What the user can do to one connection from its card. */
export interface CardActions extends Pick<
  ConnectionActions,
  'onReconnect' | 'onAllow' | 'onApproveServer' | 'onCancel'
> {
  /** Asks the user to confirm the disconnect. */
  onAskDisconnect: (connection: ConnectionView) => void;
}
