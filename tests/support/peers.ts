/** Two services of other projects on origins of their own, for the app in a real browser: everything is cross-origin. */
import { startBirdsong, type BirdsongServer } from '#tests/support/birdsong-server.ts';
import { startOidcServer, type OidcServer, type OidcServerOptions } from '#tests/support/oidc-server.ts';

export interface Peers {
  /** oidc-provider with the notices API, at `http://localhost:PORT`. The user goes through its pages. */
  oidc: OidcServer;
  /** `@cloudflare/workers-oauth-provider` with Birdsong's API and pages, at `http://127.0.0.1:PORT/birdsong`. */
  birdsong: BirdsongServer;
  /** Closes both. Throws if one had internal errors. */
  stop(): Promise<void>;
}

/**
 * Starts both on free ports.
 * @param options of oidc-provider: the lifetime and the format of its access tokens
 */
export async function startPeers(options: Omit<OidcServerOptions, 'host' | 'signIn'> = {}): Promise<Peers> {
  const [oidc, birdsong] = await Promise.all([
    startOidcServer({ ...options, host: 'localhost', signIn: 'pages' }),
    startBirdsong(),
  ]);
  return {
    oidc,
    birdsong,
    async stop() {
      const ends = await Promise.allSettled([oidc.stop(), birdsong.stop()]);
      const faults = ends.filter((end) => end.status === 'rejected').map((end): unknown => end.reason);
      if (faults.length > 0) throw new AggregateError(faults, 'a peer had faults');
    },
  };
}
