import { isAppCache, shellCacheName } from './cache-name.ts';
import { isScreenPath } from './is-screen-path.ts';

/** The files of one deployment, as listed by the build. */
export interface Precache {
  /** Changes whenever any file changes. */
  version: string;
  /**
   * Paths below the app's folder, each with a revision that identifies its content; '' if the path already contains a
   * hash.
   */
  files: readonly (readonly [path: string, revision: string])[];
}

/** What the cache needs from the worker it runs in. */
export interface AppCacheDeps {
  precache: Precache;
  /** The folder the app is served from, with a trailing slash. */
  scope: string;
  caches: CacheStorage;
  fetch: (request: Request) => Promise<Response>;
}

/** The app's files, cached so that it opens without a network. */
export interface AppCache {
  /**
   * Fetches the missing files.
   * @throws if a file can't be fetched or is not the expected type; the cache then serves nothing
   */
  fill(): Promise<void>;
  /** Responds to a request for a file that is or may be cached; returns undefined for any other request. */
  respond(request: Request): Promise<Response> | undefined;
  /** Deletes the caches of older deployments except the most recent, whose pages may still be open. */
  sweep(): Promise<void>;
}

const PAGE = 'index.html';
/**
 * The file that the deployer changes without a build: served from the network, and from the cache while the host is
 * unreachable.
 */
const SETTINGS = 'services.json';
/** The entry that is added once every file is cached. */
const COMPLETE = 'complete';

/**
 * Opens the cache of one deployment. Requests are matched by path only: a query, which may be an authorization
 * response, is neither stored nor compared (PAGE-7). Files are served only once the cache is complete.
 */
export function openAppCache({ precache, scope, caches, fetch }: AppCacheDeps): AppCache {
  const { version, files } = precache;
  const name = shellCacheName(version);
  const known = new Set(files.map(([path]) => path));
  const urlOf = (path: string): string => new URL(path, scope).href;
  const open = (): Promise<Cache> => caches.open(name);

  let whole: Cache | undefined;
  const cached = async (path: string): Promise<Response | undefined> => {
    whole ??= await wholeCache();
    return whole?.match(urlOf(path));
  };
  const wholeCache = async (): Promise<Cache | undefined> => {
    // Unlike `open`, `has` does not create the cache.
    if (!(await caches.has(name))) return undefined;
    const cache = await open();
    return (await cache.match(urlOf(COMPLETE))) && cache;
  };
  const take = async (cache: Cache, path: string, revision: string): Promise<void> => {
    const url = urlOf(path);
    if (await cache.match(url)) return;
    // A file with a hash in its name is the same in every deployment.
    const older = revision === '' ? await caches.match(url) : undefined;
    await cache.put(url, older ?? (await fetched(url)));
  };
  const fetched = async (url: string): Promise<Response> => {
    // 'no-cache', because the HTTP cache may hold the file of another deployment.
    const response = await fetch(new Request(url, { cache: 'no-cache', credentials: 'same-origin' }));
    if (!response.ok || response.redirected || !isOfItsKind(url, response)) {
      throw new TypeError(`${new URL(url).pathname} is not what was built`);
    }
    return response;
  };
  /** Caches services.json if the deployment has one. */
  const cacheSettings = async (cache: Cache): Promise<void> => {
    const response = await fetch(new Request(urlOf(SETTINGS), { cache: 'no-cache' }));
    if (response.ok) await cache.put(urlOf(SETTINGS), response);
  };
  const settings = async (request: Request): Promise<Response> => {
    try {
      const response = await fetch(request);
      if (response.ok && (await caches.has(name))) await (await open()).put(urlOf(SETTINGS), response.clone());
      return response;
    } catch (error) {
      // Prefer this deployment's copy: the cache of an older deployment may still exist.
      const last = (await cached(SETTINGS)) ?? (await caches.match(urlOf(SETTINGS)));
      if (last) return last;
      throw error;
    }
  };

  return {
    async fill() {
      if (whole) return;
      const cache = await open();
      if (await cache.match(urlOf(COMPLETE))) return;
      await Promise.all([...files.map(([path, revision]) => take(cache, path, revision)), cacheSettings(cache)]);
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
        return cached(PAGE).then((page) => page ?? fetch(request));
      }
      if (known.has(path)) return cached(path).then((file) => file ?? fetch(request));
      // A page of the previous deployment loads its lazy chunks from the cache of its own deployment.
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

/**
 * Checks the content type. Otherwise a host that serves the app's page for every URL would have it cached as a script
 * permanently.
 */
function isOfItsKind(url: string, response: Response): boolean {
  const kind = KINDS[url.slice(url.lastIndexOf('.') + 1)];
  return kind?.test(response.headers.get('content-type') ?? '') ?? true;
}
