import { AuthorizationError } from '@cloudflare/workers-oauth-provider';
import type { AuthRequest } from '@cloudflare/workers-oauth-provider';

import type { AuthorizationServer, GrantProps } from './authorization-server.ts';
import { clientName, consentPage, userExpected } from './consent-page.ts';
import type { CsrfGuard } from './csrf.ts';
import { errorPage } from './page.ts';
import type { PageMaker } from './page.ts';
import { grantedScopes, permissionsFor } from './permissions.ts';
import type { Permission } from './permissions.ts';
import { readForm } from './request-body.ts';
import type { Urls } from './urls.ts';
import { findUser } from './users.ts';

/** A valid authorization request, or the response that rejects it. */
type Reading =
  | { readonly outcome: 'valid'; readonly request: AuthRequest; readonly permissions: readonly Permission[] }
  | { readonly outcome: 'rejected'; readonly response: Response };

export interface AuthorizeOptions {
  readonly urls: Urls;
  readonly server: AuthorizationServer;
  readonly guard: CsrfGuard;
  readonly makePage: PageMaker;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Creates the authorization endpoint (RFC 6749 §3.1): GET shows the consent page, POST submits the decision. The form posts
 * to the authorization request's own URL, so the request is parsed and validated again and nothing about it is trusted from
 * the form.
 *
 * @param options the server, and the dependencies for rendering pages
 * @returns a request handler that responds with a page, or with a redirect to the client with `state` and `iss` (RFC 9207)
 */
export function createAuthorize({ urls, server, guard, makePage, now }: AuthorizeOptions) {
  const page = (status: number, heading: string, detail: string): Response =>
    errorPage(urls, makePage, { status, heading, detail });
  const unusable = (detail: string): Response => page(400, 'This request can’t be processed', detail);

  async function read(url: URL): Promise<Reading> {
    const rejected = (response: Response): Reading => ({ outcome: 'rejected', response });
    if (url.search.length > 8192) return rejected(unusable('It is too long.'));
    const repeated = [...url.searchParams.keys()].find(
      (name, index, names) => name !== 'resource' && names.indexOf(name) !== index,
    );
    // RFC 6749 §3.1. The error is shown here, because with two redirect URIs there is no safe one to redirect to.
    if (repeated !== undefined) return rejected(unusable('Duplicate parameter.'));
    let request: AuthRequest;
    try {
      request = await server.helpers.parseAuthRequest(new Request(url));
    } catch (error) {
      if (!(error instanceof AuthorizationError)) throw error;
      // Never redirect to a URI that the client has not registered (RFC 9700 §4.11.2).
      return rejected(error.redirectTo === undefined ? unusable(explain(error)) : redirect(error.redirectTo));
    }
    const errorBack = (code: string, description: string): Reading =>
      rejected(redirect(errorResponse(request, code, description)));
    if (request.codeChallenge === undefined) return errorBack('invalid_request', 'PKCE is required');
    const mode = url.searchParams.get('response_mode');
    if (mode !== null && mode !== 'query') return errorBack('invalid_request', 'response_mode must be query');
    // OpenID Connect Core §3.1.2.1: Birdsong has no login sessions, so `prompt=none` always fails.
    if (url.searchParams.get('prompt')?.split(' ').includes('none')) {
      return errorBack('login_required', 'Birdsong always asks the user');
    }
    const permissions = permissionsFor(request.scope);
    if (permissions.length === 0) return errorBack('invalid_scope', 'None of these scopes exist');
    return { outcome: 'valid', request, permissions };
  }

  async function decide(url: URL, form: URLSearchParams, reading: Reading & { outcome: 'valid' }): Promise<Response> {
    const { request, permissions } = reading;
    const denied = (): Response => redirect(errorResponse(request, 'access_denied', 'The user denied the request'));
    if (form.get('decision') !== 'allow') return denied();
    const user = findUser(form.get('person'));
    if (user === undefined) return unusable('Unknown user.');
    const scope = grantedScopes(permissions, form.getAll('permission'));
    if (scope.length === 0) return denied();
    const nonce = url.searchParams.get('nonce');
    const props: GrantProps = { authTime: Math.floor(now() / 1000), ...(nonce === null ? {} : { nonce }) };
    const { redirectTo } = await server.helpers.completeAuthorization({
      request,
      userId: user.id,
      metadata: { clientName: clientName(await server.helpers.describeConsent(request)) },
      scope,
      props,
      // Keep earlier grants until the client revokes them: if the new code never reaches the client, the old grant still works.
      revokeExistingGrants: false,
    });
    return redirect(redirectTo);
  }

  /** Returns the scopes of all the grants that the client still has from this user. */
  async function allowedBefore(userId: string, clientId: string): Promise<string[]> {
    const { items } = await server.helpers.listUserGrants(userId);
    return items.filter((grant) => grant.clientId === clientId).flatMap(({ scope }) => scope);
  }

  return async (incoming: Request): Promise<Response> => {
    if (!['GET', 'HEAD', 'POST'].includes(incoming.method)) {
      const response = page(405, 'Method not allowed', 'Open this address in a browser, or post its form.');
      response.headers.set('Allow', 'GET, HEAD, POST');
      return response;
    }
    const url = new URL(incoming.url);
    const purpose = `authorize${url.search}`;
    if (incoming.method === 'POST') {
      const form = await readForm(incoming);
      if (form === undefined || !(await guard.accepts(incoming, purpose, form.get('guard')))) {
        return page(
          403,
          'Nothing was allowed',
          'This form is out of date or did not come from Birdsong. Start again in the app.',
        );
      }
      const reading = await read(url);
      return reading.outcome === 'valid' ? decide(url, form, reading) : reading.response;
    }
    const reading = await read(url);
    if (reading.outcome === 'rejected') return reading.response;
    const expected = userExpected(url.searchParams.get('login_hint'));
    return makePage(
      consentPage({
        description: await server.helpers.describeConsent(reading.request),
        permissions: reading.permissions,
        ...(expected && { expected }),
        allowedScopes: expected ? await allowedBefore(expected.id, reading.request.clientId) : [],
        action: url.pathname + url.search,
        guard: await guard.issue(purpose),
      }),
    );
  };
}

/** Builds the redirect URL of an authorization error response (RFC 6749 §4.1.2.1) with `iss` (RFC 9207 §2). */
function errorResponse(request: AuthRequest, code: string, description: string): string {
  const url = new URL(request.redirectUri);
  url.searchParams.set('error', code);
  url.searchParams.set('error_description', description);
  if (request.state !== '') url.searchParams.set('state', request.state);
  if (request.issuer !== undefined) url.searchParams.set('iss', request.issuer);
  return url.href;
}

/** Redirects with a 303, so that the browser does not repost the form data (RFC 9700 §4.12). */
function redirect(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  });
}

function explain(error: AuthorizationError): string {
  switch (error.description) {
    case 'Invalid client_id':
      return 'Birdsong doesn’t recognise the app that sent you. It may have registered before Birdsong was reset.';
    case 'Invalid redirect URI':
      return 'The app asked to send you to an address it never registered. Birdsong won’t go there.';
    default:
      return 'Required app information is missing.';
  }
}
