import {
  allowInsecureRequests,
  customFetch,
  dynamicClientRegistrationRequest,
  processDynamicClientRegistrationResponse,
} from 'oauth4webapi';

import { OAuthError } from './errors.ts';
import { withStep, assertRule, type FlowContext } from './flow-context.ts';
import { parseJsonObject } from './json-document.ts';
import { parseSafeUrl } from './safe-url.ts';
import { asOAuthError } from './server-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

/** How the app describes itself to a server that it registers with (RFC 7591 §2). */
export interface ClientDescription {
  redirectUri: string;
  clientName: string;
  clientUri: string;
  /** The server is to give out bound tokens alone (RFC 9449 §5.2). */
  requiresBinding?: boolean;
  /** Where a sign-out at the provider leads back to (OpenID Connect RP-Initiated Logout 1.0 §3.1). */
  signOutReturnUri: string;
}

/** What a registration leaves us with. The access token manages the registration itself (RFC 7592) and is a secret. */
export interface Registration {
  clientId: string;
  managementUri?: string;
  managementToken?: string;
  /** Where a sign-out may lead back to, if the server has kept it. */
  signOutReturnUri?: string;
}

/**
 * Registers a public client (REG-5; RFC 7591 §3.1) and refuses an answer that changed what matters: our redirect URI and
 * `none` as the authentication method must survive, and no secret may be forced on us (REG-6; §3.2.1).
 * No scope is registered: it would cap every later request, and servers refuse scopes that only a resource knows.
 * @throws OAuthError `registration-unsupported` | `registration-altered` | `server-error` | those of the fetch
 */
export async function registerClient(
  context: FlowContext,
  server: ServerMetadata,
  description: ClientDescription,
): Promise<Registration> {
  if (!server.registration_endpoint) {
    throw new OAuthError('registration-unsupported', 'the server offers no registration');
  }
  // Of no meaning to a server without a sign-out of its own.
  const signOutReturns = server.end_session_endpoint === undefined ? [] : [description.signOutReturnUri];
  try {
    const response = await dynamicClientRegistrationRequest(
      server,
      {
        redirect_uris: [description.redirectUri],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'web',
        client_name: description.clientName,
        client_uri: description.clientUri,
        ...(description.requiresBinding && { dpop_bound_access_tokens: true }),
        ...(signOutReturns.length > 0 && { post_logout_redirect_uris: signOutReturns }),
      },
      {
        [customFetch]: context.fetchFor('registration'),
        [allowInsecureRequests]: context.allowLoopbackHttp,
        signal: context.signal,
      },
    );
    const client = await processDynamicClientRegistrationResponse(await normalized(response));
    assertRule(
      context,
      isKept(client.redirect_uris, description.redirectUri) &&
        isPublic(client.token_endpoint_auth_method, client.client_secret),
      { rule: 'registration-is-kept', expected: `${description.redirectUri} with none` },
      'registration-altered',
    );
    return {
      clientId: client.client_id,
      ...(isListed(client.post_logout_redirect_uris, description.signOutReturnUri) && {
        signOutReturnUri: description.signOutReturnUri,
      }),
      ...(typeof client.registration_client_uri === 'string' && { managementUri: client.registration_client_uri }),
      ...(typeof client.registration_access_token === 'string' && {
        managementToken: client.registration_access_token,
      }),
    };
  } catch (error) {
    throw asOAuthError(error, server.registration_endpoint, 'registration');
  }
}

/** Silence is no yes here: the address would be refused on the provider's own page, where nothing can be mended. */
function isListed(registered: unknown, uri: string): boolean {
  return Array.isArray(registered) && registered.includes(uri);
}

/** An answer without `redirect_uris` did not change them; one with a list must still hold ours. */
function isKept(registered: unknown, redirectUri: string): boolean {
  return registered === undefined || isListed(registered, redirectUri);
}

/** Without a method the default would be a secret (RFC 7591 §2): silence is believed only where none was issued. */
function isPublic(method: unknown, secret: unknown): boolean {
  return method === 'none' || (method === undefined && secret === undefined);
}

/**
 * A registration as RFC 7591 §3.2.1 has it. Some servers answer 200 where it says 201, write null or nothing for what they
 * do not give, or leave out when a secret expires: to whoever may not use one, that is all the same.
 */
async function normalized(response: Response): Promise<Response> {
  if (response.status !== 200 && response.status !== 201) return response;
  const body = await parseJsonObject(response.clone());
  if (!body) return response;
  const said = Object.entries(body).filter(([, value]) => value !== null && value !== '');
  return Response.json({ client_secret_expires_at: 0, ...Object.fromEntries(said) }, { status: 201 });
}

/**
 * Deletes a registration by its management address (REG-7; RFC 7592 §2.3), where the server gave one.
 * @throws OAuthError; the registration then lives on at the server
 */
export async function deleteRegistration(context: FlowContext, registration: Registration): Promise<void> {
  const { managementUri, managementToken } = registration;
  const url = parseSafeUrl(managementUri, context.allowLoopbackHttp);
  if (!url || managementToken === undefined) return;
  await withStep('registration', async () => {
    const response = await context.fetchFor('registration')(url.href, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${managementToken}` },
      keepalive: true,
      signal: context.signal,
    });
    if (!response.ok)
      throw new OAuthError('server-error', 'the server keeps the registration', { status: response.status });
  });
}
