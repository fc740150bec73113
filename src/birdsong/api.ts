import { OAuthResourceServer, insufficientScope } from '@cloudflare/workers-oauth-provider';
import type { OAuthResourceAuth } from '@cloudflare/workers-oauth-provider';

import { executionContext } from './authorization-server.ts';
import type { AuthorizationServer, GrantProps } from './authorization-server.ts';
import type { Caller } from './caller.ts';
import { claimsOf } from './identity.ts';
import { API_SCOPES } from './permissions.ts';
import type { PostHandlers } from './post-handlers.ts';
import { createProblemMaker } from './problem.ts';
import type { Urls } from './urls.ts';
import { findUser } from './users.ts';
import type { User } from './users.ts';

interface Operation {
  readonly scope: (typeof API_SCOPES)[number];
  run(request: Request, caller: Caller, auth: OAuthResourceAuth): Response | Promise<Response>;
}

type Operations = Readonly<Partial<Record<string, Operation>>>;

export interface ApiOptions {
  readonly urls: Urls;
  readonly server: AuthorizationServer;
  readonly posts: PostHandlers;
}

/** The protected resource: its metadata and its operations. */
export interface Api {
  /** Returns the protected resource metadata response (RFC 9728 §3.2). */
  metadata(): Promise<Response>;
  handle(request: Request): Promise<Response>;
}

/**
 * Creates Birdsong's API. The library sends challenges and validates tokens; this module checks the required scope of each
 * operation.
 *
 * @param options the URLs, the authorization server that validates tokens, and the post handlers
 * @returns the API; its responses do not carry Birdsong's CORS headers yet
 */
export function createApi({ urls, server, posts }: ApiOptions): Api {
  const problem = createProblemMaker(urls);
  const resource = new OAuthResourceServer<undefined, GrantProps>({
    resourceMetadata: {
      resource: urls.resource,
      authorization_servers: [urls.issuer],
      resource_name: 'Birdsong',
    },
    validateToken: () => (_resource, token) => server.validate(token),
    handler: { fetch: (request, _environment, { auth }) => operate(request, auth) },
  });

  function operationsAt(path: string): Operations | undefined {
    if (path === '/me') return { GET: { scope: 'profile', run: (_request, { user }, auth) => me(user, auth) } };
    if (path === '/posts') {
      return { GET: { scope: 'posts:read', run: posts.list }, POST: { scope: 'posts:write', run: posts.create } };
    }
    if (path === '/statistics') return { GET: { scope: 'stats:read', run: posts.statistics } };
    const id = /^\/posts\/([^/]+)$/.exec(path)?.[1];
    if (id === undefined) return undefined;
    return {
      GET: { scope: 'posts:read', run: (_request, caller) => posts.read(id, caller) },
      DELETE: { scope: 'posts:write', run: (_request, caller) => posts.remove(id, caller) },
    };
  }

  function me(user: User, auth: OAuthResourceAuth): Response {
    return Response.json({ id: user.id, ...claimsOf(user, auth.scope, urls) });
  }

  async function operate(request: Request, auth: OAuthResourceAuth): Promise<Response> {
    const path = new URL(request.url).href.split('?')[0]?.slice(urls.resource.length) ?? '';
    const operations = operationsAt(path);
    const user = findUser(auth.userId);
    if (operations === undefined || user === undefined) return problem('not-found', 'No such endpoint.');
    const operation = operations[request.method === 'HEAD' ? 'GET' : request.method];
    if (operation === undefined) {
      const allowed = [...Object.keys(operations), 'OPTIONS'].join(', ');
      return problem('method-not-allowed', `Allowed methods: ${allowed}.`, { headers: { Allow: allowed } });
    }
    if (!auth.scope.includes(operation.scope)) {
      const challenge = insufficientScope(auth, [operation.scope]).headers.get('WWW-Authenticate') ?? '';
      return problem('insufficient-scope', `This requires the scope ${operation.scope}.`, {
        headers: { 'WWW-Authenticate': challenge },
      });
    }
    const response = await operation.run(request, { user, clientId: auth.clientId }, auth);
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
    return request.method === 'HEAD' ? new Response(null, response) : response;
  }

  return {
    async metadata() {
      const response = await resource.fetch(new Request(urls.resourceMetadata), undefined, executionContext());
      const metadata: object = await response.json();
      // Set here and not in the library, which would also list all scopes in every 401, so clients would request too many.
      return Response.json({ ...metadata, scopes_supported: API_SCOPES });
    },
    handle: (request) => resource.fetch(request, undefined, executionContext()),
  };
}
