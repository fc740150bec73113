/** Birdsong behind node:http, on an origin of its own: the same program as in the browser, with a store in memory. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Urls } from '#birdsong/urls.ts';
import type { Controls } from '#birdsong/controls.ts';
import type { Store } from '#birdsong/store.ts';
import { loadBirdsong, toRequest } from './birdsong-program.ts';

export interface BirdsongServerOptions {
  /** Milliseconds since the epoch; the real clock by default. */
  readonly now?: () => number;
  /** A free port by default. */
  readonly port?: number;
  /** The folder of Birdsong. */
  readonly path?: string;
  /** How "respond slowly" waits; a real timer by default. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** Whether it accepts client id metadata documents, for which the library also requires a flag of Cloudflare's runtime. */
  readonly acceptsClientDocuments?: boolean;
}

export interface BirdsongServer {
  readonly issuer: string;
  /** The API's resource identifier. */
  readonly resource: string;
  readonly origin: string;
  readonly urls: Urls;
  /** Runs the actions of the controls page directly. */
  readonly controls: Controls;
  readonly store: Store;
  /** Every request so far, oldest first, as `METHOD path`. */
  readonly requests: readonly string[];
  /** Closes the server. Throws if Birdsong had internal errors. */
  stop(): Promise<void>;
}

/**
 * @param options clock, port and folder
 * @returns the running server, on 127.0.0.1
 */
export async function startBirdsong({
  now = Date.now,
  port = 0,
  path = '/birdsong',
  wait,
  acceptsClientDocuments = false,
}: BirdsongServerOptions = {}): Promise<BirdsongServer> {
  const { createBirdsong, createIndexedDbStore } = await loadBirdsong();
  const store = createIndexedDbStore({ factory: new IDBFactory(), keyRange: IDBKeyRange, name: 'birdsong', now });
  const requests: string[] = [];
  const faults: unknown[] = [];
  const http = createServer((incoming, outgoing) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    answer(incoming, outgoing).catch((error: unknown) => {
      faults.push(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const birdsong = createBirdsong({
    base: new URL(path, origin),
    store,
    now,
    ...(wait === undefined ? {} : { wait }),
    acceptsClientDocuments,
    onError: (error) => faults.push(error),
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', origin);
    const response = birdsong.owns(url)
      ? await birdsong.handle(await toRequest(incoming, url))
      : new Response('Not Birdsong', { status: 404 });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  }

  return {
    issuer: birdsong.urls.issuer,
    resource: birdsong.urls.resource,
    origin,
    urls: birdsong.urls,
    controls: birdsong.controls,
    store,
    requests,
    async stop() {
      http.closeAllConnections();
      await new Promise<void>((resolve, reject) => {
        http.close((error) => (error === undefined ? resolve() : reject(error)));
      });
      if (faults.length > 0) throw new AggregateError(faults, 'Birdsong had faults');
    },
  };
}
