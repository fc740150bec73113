import { createApi } from './api.ts';
import { createAuthorizationServer } from './authorization-server.ts';
import { createAuthorize } from './authorize.ts';
import { createControlsEndpoint } from './controls-page.ts';
import { createControls } from './controls.ts';
import type { Controls } from './controls.ts';
import { preflight, withCors } from './cors.ts';
import { createCsrfGuard } from './csrf.ts';
import { homePage } from './home-page.ts';
import { ICON, PICTURES } from './icons.ts';
import { createIdentity } from './identity.ts';
import { createKeyValueBinding } from './key-value-binding.ts';
import { createPageMaker, errorPage } from './page.ts';
import { createPostHandlers } from './post-handlers.ts';
import { createProblemMaker } from './problem.ts';
import type { Store } from './store.ts';
import { STYLESHEET } from './stylesheet.ts';
import { urlsOf, isOwned } from './urls.ts';
import type { Urls } from './urls.ts';
import { handleUserinfo } from './userinfo.ts';

const SLOWNESS = 3000;
const FAULT = 'Something went wrong in Birdsong. Try reloading, or start over in its controls.';

export interface BirdsongOptions {
  /** Birdsong's base URL, for example `https://host/planner/birdsong`. Without a trailing slash it is the issuer. */
  readonly base: URL;
  readonly store: Store;
  /** Returns milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after a number of milliseconds; delays slow responses. Defaults to a real timer. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** Called with each unexpected error; the request gets a 500. */
  readonly onError: (error: unknown) => void;
  /** Whether to accept client id metadata documents, which Birdsong fetches from the client's own URL. */
  readonly acceptsClientDocuments?: boolean;
}

export interface Birdsong {
  /** Returns whether Birdsong handles this URL: it is under the base URL, or one of Birdsong's well-known documents. */
  owns(url: URL): boolean;
  /** Handles a request for a URL that Birdsong owns. Never rejects. */
  handle(request: Request): Promise<Response>;
  readonly urls: Urls;
  readonly controls: Controls;
}

type Handler = (request: Request) => Response | Promise<Response>;

/** The handler of one URL, and how to apply it. */
interface Route {
  readonly respond: Handler;
  /** Readable by browser apps of other origins (CORS). */
  readonly isShared?: true;
  /** Delayed while slow responses are switched on in the controls. */
  readonly canBeSlow?: true;
}

/**
 * Creates the demo network as a function from request to response: an authorization server, an API, and the pages of both.
 * Nothing runs between requests, so a service worker can host it.
 *
 * @param options the base URL, the store and the clock
 * @returns the program
 * @throws TypeError when `base` is neither https nor loopback, and so cannot be an issuer (RFC 8414 §2)
 */
export function createBirdsong(options: BirdsongOptions): Birdsong {
  const { base, store, now, wait = realWait, onError, acceptsClientDocuments = false } = options;
  const urls = urlsOf(base);
  const identity = createIdentity({ store, urls, now });
  const controls = createControls(store, () => server.helpers);
  const server = createAuthorizationServer({
    urls,
    identity,
    binding: createKeyValueBinding(store, now),
    takeRefreshFault: controls.takeRefreshFault,
    acceptsClientDocuments,
  });
  const api = createApi({ urls, server, posts: createPostHandlers({ store, urls, now }) });
  const guard = createCsrfGuard(store, urls.origin);
  const makePage = createPageMaker(urls);
  const problem = createProblemMaker(urls);
  const pages = { urls, guard, makePage, now };

  const reading =
    (respond: Handler): Handler =>
    (request) =>
      request.method === 'GET' || request.method === 'HEAD'
        ? respond(request)
        : problem('method-not-allowed', 'Allowed methods: GET, HEAD, OPTIONS.', {
            headers: { Allow: 'GET, HEAD, OPTIONS' },
          });
  const document = (respond: Handler): Route => ({ respond: reading(respond), isShared: true });

  const routes = new Map<string, Route>([
    [urls.home, { respond: reading(() => makePage(homePage(urls))) }],
    [urls.issuer, { respond: () => new Response(null, { status: 308, headers: { Location: urls.home } }) }],
    [urls.authorization, { respond: createAuthorize({ ...pages, server }) }],
    [urls.controls, { respond: createControlsEndpoint({ ...pages, controls }) }],
    [urls.stylesheet, { respond: reading(() => file(STYLESHEET, 'text/css')) }],
    [urls.icon, { respond: reading(() => file(ICON.text, 'image/svg+xml')) }],
    ...Object.entries(PICTURES).map(([id, picture]): [string, Route] => [
      `${urls.pictures}/${id}.svg`,
      document(() => file(picture.text, 'image/svg+xml')),
    ]),
    [urls.resourceMetadata, document(() => api.metadata())],
    ...[urls.serverMetadata, ...urls.openidMetadata].map((url): [string, Route] => [
      url,
      document(() => server.metadata()),
    ]),
    [urls.jwks, document(async () => Response.json(await identity.keys()))],
    [urls.registration, { respond: server.register, isShared: true }],
    [urls.token, { respond: server.token, isShared: true, canBeSlow: true }],
    [urls.revocation, { respond: server.revoke, isShared: true, canBeSlow: true }],
    [urls.userinfo, { respond: (request) => handleUserinfo(request, server, urls), isShared: true, canBeSlow: true }],
  ]);
  const apiRoute: Route = { respond: api.handle, isShared: true, canBeSlow: true };
  const nothing: Route = {
    respond: () =>
      errorPage(urls, makePage, {
        status: 404,
        heading: 'Page not found',
        detail: 'Birdsong is small. This address isn’t one of its pages.',
      }),
  };

  const faultPage = (): Response =>
    errorPage(urls, makePage, { status: 500, heading: 'Birdsong had an error', detail: FAULT });

  function routeOf(url: string): Route {
    const isApi = url === urls.resource || url.startsWith(`${urls.resource}/`);
    return isApi ? apiRoute : (routes.get(url) ?? nothing);
  }

  /** Returns the handler's response, or the fallback response if it throws. */
  async function attempt(respond: () => Response | Promise<Response>, onFailure: () => Response): Promise<Response> {
    try {
      return await respond();
    } catch (error) {
      onError(error);
      return onFailure();
    }
  }

  async function handle(request: Request): Promise<Response> {
    const { origin, pathname } = new URL(request.url);
    const { respond, isShared, canBeSlow } = routeOf(origin + pathname);
    if (isShared === undefined) return attempt(() => respond(request), faultPage);
    if (request.method === 'OPTIONS') return preflight();
    // Error responses get CORS headers too: without them a cross-origin client would see a network error.
    return attempt(
      async () => {
        if (canBeSlow !== undefined && (await controls.settings()).isSlow) await wait(SLOWNESS);
        return withCors(await respond(request));
      },
      () => withCors(problem('internal-server-error', FAULT)),
    );
  }

  return {
    urls,
    controls,
    owns: (url) => isOwned(urls, url),
    handle,
  };
}

function realWait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function file(text: string, type: string): Response {
  return new Response(text, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'X-Content-Type-Options': 'nosniff',
      // An SVG opened as a document must not be able to run scripts or load anything.
      'Content-Security-Policy': "default-src 'none'; style-src 'self'",
      'Cache-Control': 'no-cache',
    },
  });
}
