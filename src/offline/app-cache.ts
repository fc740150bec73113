import { isAppCache, shellCacheName } from './cache-name.ts';
import { isScreenPath } from './is-screen-path.ts';

/** The files of one deployment, as the build lists them. */
export interface Precache {
  /** Another one for every change of any file. */
  version: string;
  /** Paths below the app's folder, and what tells two contents apart where the path does not: '' of what carries a hash. */
  files: readonly (readonly [path: string, revision: string])[];
}

/** What the shell cache needs of the worker it runs in. */
export interface AppCacheDeps {
  precache: Precache;
  /** The folder the app is served from, with its last slash. */
  scope: string;
  caches: CacheStorage;
  fetch: (request: Request) => Promise<Response>;
}

/** The files of the app, kept so that it opens without a network. */
export interface AppCache {
  /** Fetches what is missing. @throws when a file can't be had or is not what it should be: then nothing is served from here */
  fill(): Promise<void>;
  /** Takes a request whose answer is kept here, or may be; undefined: it is none of ours. */
  respond(request: Request): Promise<Response> | undefined;
  /** Lets go of older deployments, except of the last one, whose pages may still be open. */
  sweep(): Promise<void>;
}

const PAGE = 'index.html';
/** What the deployer changes without a build: as the host has it, while it answers. */
const SETTINGS = 'services.json';
/** Stands in the cache once all the rest does. */
const COMPLETE = 'complete';

/**
 * The cache of one deployment. Requests are matched by their path alone: what stands in a query, as an authorization response
 * does, is neither kept nor looked at (PAGE-7). Nothing of it is served before all of it is here.
 */
export function openAppCache({ precache, scope, caches, fetch }: AppCacheDeps): AppCache {
  const { version, files } = precache;
  const name = shellCacheName(version);
  const known = new Set(files.map(([path]) => path));
  const urlOf = (path: string): string => new URL(path, scope).href;
  const open = (): Promise<Cache> => caches.open(name);

  let whole: Cache | undefined;
  const kept = async (path: string): Promise<Response | undefined> => {
    whole ??= await wholeCache();
    return whole?.match(urlOf(path));
  };
  const wholeCache = async (): Promise<Cache | undefined> => {
    // Does not make the cache where there is none.
    if (!(await caches.has(name))) return undefined;
    const cache = await open();
    return (await cache.match(urlOf(COMPLETE))) && cache;
  };
  const take = async (cache: Cache, path: string, revision: string): Promise<void> => {
    const address = urlOf(path);
    if (await cache.match(address)) return;
    // What carries its hash in its name is the same in every deployment.
    const older = revision === '' ? await caches.match(address) : undefined;
    await cache.put(address, older ?? (await fetched(address)));
  };
  const fetched = async (address: string): Promise<Response> => {
    // 'no-cache': the browser's own cache may hold the file of another deployment.
    const response = await fetch(new Request(address, { cache: 'no-cache', credentials: 'same-origin' }));
    if (!response.ok || response.redirected || !isOfItsKind(address, response)) {
      throw new TypeError(`${new URL(address).pathname} is not what was built`);
    }
    return response;
  };
  /** A deployment need not have any. */
  const keepSettings = async (cache: Cache): Promise<void> => {
    const response = await fetch(new Request(urlOf(SETTINGS), { cache: 'no-cache' }));
    if (response.ok) await cache.put(urlOf(SETTINGS), response);
  };
  const settings = async (request: Request): Promise<Response> => {
    try {
      const response = await fetch(request);
      if (response.ok && (await caches.has(name))) await (await open()).put(urlOf(SETTINGS), response.clone());
      return response;
    } catch (error) {
      // Not the last deployment's, whose cache may still be there.
      const last = (await kept(SETTINGS)) ?? (await caches.match(urlOf(SETTINGS)));
      if (last) return last;
      throw error;
    }
  };

  return {
    async fill() {
      if (whole) return;
      const cache = await open();
      if (await cache.match(urlOf(COMPLETE))) return;
      await Promise.all([...files.map(([path, revision]) => take(cache, path, revision)), keepSettings(cache)]);
      await cache.put(urlOf(COMPLETE), new Response());
    },
    respond(request) {
      if (request.method !== 'GET') return undefined;
      const { origin, pathname, href } = new URL(request.url);
      const { pathname: folder, origin: own } = new URL(scope);
      if (origin !== own || !pathname.startsWith(folder)) return undefined;
      const path = pathname.slice(folder.length);
      if (path === SETTINGS) return settings(request);
      if (request.mode === 'navigate') {
        if (!isScreenPath(path)) return undefined;
        return kept(PAGE).then((page) => page ?? fetch(request));
      }
      if (known.has(path)) return kept(path).then((file) => file ?? fetch(request));
      // A page of the deployment before: what it loads late stands in the cache that it was opened from.
      if (path.startsWith('assets/')) return caches.match(href).then((file) => file ?? fetch(request));
      return undefined;
    },
    async sweep() {
      const others = (await caches.keys()).filter((each) => isAppCache(each) && each !== name);
      await Promise.all(others.slice(0, -1).map((each) => caches.delete(each)));
    },
  };
}

const KINDS: Readonly<Record<string, RegExp>> = { js: /javascript/i, css: /^text\/css/i, html: /^text\/html/i };

/** A host that answers everything with the page would have it stand for a script for good. */
function isOfItsKind(address: string, response: Response): boolean {
  const kind = KINDS[address.slice(address.lastIndexOf('.') + 1)];
  return kind?.test(response.headers.get('content-type') ?? '') ?? true;
}
