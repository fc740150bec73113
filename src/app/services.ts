import { createQueryClient } from '#api/query-client.ts';
import { authorizedFetch } from '#api/authorized-fetch.ts';
import { appUrl } from '#base.ts';
import { createAccessTokens } from '#connections/access-token.ts';
import { disconnect } from '#connections/disconnect.ts';
import { openRegistrations } from '#connections/registrations.ts';
import { createSignInStarter } from '#connections/sign-in-starter.ts';
import { startSignIn } from '#connections/start-sign-in.ts';
import { createConnectionStore } from '#connections/store.ts';
import { messages } from '#messages/en.ts';
import { birdsong } from '#networks/birdsong.ts';
import type { Network } from '#networks/network.ts';
import { createPostStore, openPostRepository } from '#planning/post-store.ts';
import { createPublisher, type Target } from '#planning/publisher.ts';
import { openChangeChannel } from '#storage/change-channel.ts';

import { birdsongService } from './birdsong-service.ts';
import type { Foundation } from './foundation.ts';
import type { ReturningSignIn } from './returning-sign-in.ts';
import { createToastStore } from './toast-store.ts';

/** Everything the screens work with, wired. */
export type Services = ReturnType<typeof createServices>;

/** Wires the app: the one place that knows which parts there are and how they hang together. */
export function createServices(
  { wire, vault, pending, worker, lock }: Foundation,
  signIn: ReturningSignIn | undefined,
) {
  const services = [birdsongService(appUrl)];
  const networks: readonly Network[] = [birdsong];

  const connections = createConnectionStore(vault, openChangeChannel('connections'));
  const tokens = createAccessTokens({ store: connections, wire, lock });
  const registrations = openRegistrations(lock);
  const clientName = messages.appName;
  const starter = createSignInStarter(
    (request) => startSignIn({ wire, pending, registrations, appUrl, clientName }, request),
    (url) => location.assign(url),
  );
  /** Resolves when the connection that a returning sign-in made is known here, wherever the person has gone meanwhile. */
  const admitted = signIn?.connected.then((id) =>
    id === undefined ? undefined : connections.admit(id).catch(reportFault),
  );
  // A page that comes back from the browser's memory is on its way nowhere any more.
  addEventListener('pageshow', ({ persisted }) => persisted && starter.cancel());
  const networkOf = (serviceId: string): Network | undefined => networks.find((one) => one.serviceId === serviceId);

  /** What can be posted to through a connection: undefined where it is gone, or its service is no network. */
  const targetFor = (connectionId: string): Target | undefined => {
    const connection = connections.find(connectionId);
    const network = connection && networkOf(connection.service.id);
    if (!network) return undefined;
    const { service, identity } = connection;
    return {
      connectionId,
      network,
      networkName: service.name,
      account: identity?.username ?? identity?.name ?? '',
      call: authorizedFetch({ store: connections, tokens, wire }, connectionId),
    };
  };
  const queryClient = createQueryClient();
  const posts = createPostStore(openPostRepository(), openChangeChannel('posts'));
  return {
    services,
    connections,
    admitted,
    starter,
    posts,
    publisher: createPublisher({ posts, targetFor, lock, now: wire.now, onFault: reportFault }),
    targetFor,
    networkOf,
    async disconnect(connectionId: string): Promise<{ confirmed: boolean }> {
      const outcome = await disconnect({ store: connections, wire, lock }, connectionId);
      // REV-4: what was read through it goes too. Every key names its connection second.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[1] === connectionId });
      return outcome;
    },
    queryClient,
    toasts: createToastStore(),
    recorder: wire.recorder,
    worker,
    now: wire.now,
  };
}

/** Reports as the window's own uncaught errors are reported. */
function reportFault(error: unknown): void {
  reportError(error);
}
