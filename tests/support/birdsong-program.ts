/** Loads Birdsong's program for servers in Node, and converts requests to the form that a service worker has. */
import type { IncomingMessage } from 'node:http';
import { register } from 'node:module';
import { buffer } from 'node:stream/consumers';

let loading: ReturnType<typeof load> | undefined;

/** Loads Birdsong's factory once. */
export function loadBirdsong(): ReturnType<typeof load> {
  loading ??= load();
  return loading;
}

/**
 * Without a bundler that maps `cloudflare:workers`, as in Playwright's runner, Node must resolve it to Birdsong's stub before the
 * library is imported.
 */
async function load() {
  const standIn = new URL('../../src/birdsong/cloudflare-workers.ts', import.meta.url).href;
  const hook = `export const resolve = (name, context, next) =>
    next(name === 'cloudflare:workers' ? ${JSON.stringify(standIn)} : name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  const [{ createBirdsong }, { createIndexedDbStore }] = await Promise.all([
    import('#birdsong/program.ts'),
    import('#birdsong/indexeddb-store.ts'),
  ]);
  return { createBirdsong, createIndexedDbStore };
}

/** Converts a node:http request to a Fetch request. */
export async function toRequest(incoming: IncomingMessage, url: URL): Promise<Request> {
  const { method = 'GET' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, ...(hasBody && { body: new Uint8Array(await buffer(incoming)) }) });
}
