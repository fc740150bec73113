import {
  allowInsecureRequests,
  customFetch,
  dynamicClientRegistrationRequest,
  processDynamicClientRegistrationResponse,
} from 'oauth4webapi';

import { omitUndefined } from '#lib/omit-undefined.ts';

import { OAuthError } from './errors.ts';
import { withStep, assertRule, type FlowContext } from './flow-context.ts';
import { parseJsonObject } from './json-document.ts';
import { parseSafeUrl } from './safe-url.ts';
import { asOAuthError, throwForeignError } from './as-oauth-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

/** The client metadata that the app registers with (RFC 7591 §2). */
export interface ClientDescription {
  redirectUri: string;
  clientName: string;
  clientUri: string;
  /** True if the server must issue only DPoP-bound tokens (RFC 9449 §5.2). */
  requiresBinding?: boolean;
  /** The redirect URI after a sign-out at the provider (OpenID Connect RP-Initiated Logout 1.0 §3.1). */
  signOutReturnUri: string;
}

/** The result of a registration. The management token manages the registration itself (RFC 7592) and is a secret. */
export interface Registration {
  clientId: string;
  managementUri?: string;
  managementToken?: string;
  /** The redirect URI after a sign-out, if the server registered it. */
  signOutReturnUri?: string;
}

/**
 * Registers a public client (REG-5; RFC 7591 §3.1). Rejects a response that changed anything essential: our redirect URI and
 * `none` as the authentication method must be preserved, and the server must not require a secret (REG-6; §3.2.1).
 * Registers no scope: it would limit every later request, and servers reject scopes that only a resource knows.
 * @throws OAuthError `registration-unsupported` | `registration-altered` | `oauth-error` | any error of the request
 */
export async function registerClient(
  context: FlowContext,
  server: ServerMetadata,
  description: ClientDescription,
): Promise<Registration> {
  if (!server.registration_endpoint) {
    throw new OAuthError('registration-unsupported', 'the server offers no registration');
  }
  // Only meaningful to a server with an end session endpoint.
  const signOutReturns = server.end_session_endpoint === undefined ? [] : [description.signOutReturnUri];
  try {
    const response = await dynamicClientRegistrationRequest(
      server,
      {
        redirect_uris: [description.redirectUri],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        // A web client must not have an http loopback URI (OpenID Connect Dynamic Client Registration 1.0 §2).
        application_type: new URL(description.redirectUri).protocol === 'http:' ? 'native' : 'web',
        client_name: description.clientName,
        client_uri: description.clientUri,
        ...(description.requiresBinding && { dpop_bound_access_tokens: true }),
        ...(signOutReturns.length > 0 && { post_logout_redirect_uris: signOutReturns }),
      },
      {
        [customFetch]: context.fetchFor('registration'),
        [allowInsecureRequests]: context.allowLoopbackHttp,
        ...omitUndefined({ signal: context.signal }),
      },
    );
    await throwForeignError(response, server.registration_endpoint ?? server.issuer, 'registration');
    const client = await processDynamicClientRegistrationResponse(await normalized(response));
    assertRule(
      context,
      isKept(client.redirect_uris, description.redirectUri) &&
        isKept(client.response_types, 'code') &&
        isKept(client.grant_types, 'authorization_code') &&
        isPublic(client.token_endpoint_auth_method, client.client_secret),
      { rule: 'registration-is-kept', expected: `${description.redirectUri}, code, authorization_code, with none` },
      'registration-altered',
    );
    const { signOutReturnUri } = description;
    const { post_logout_redirect_uris } = client;
    return omitUndefined({
      clientId: client.client_id,
      signOutReturnUri: isListed(post_logout_redirect_uris, signOutReturnUri) ? signOutReturnUri : undefined,
      ...managementOf({ ...client }, server, context.allowLoopbackHttp),
    });
  } catch (error) {
    throw asOAuthError(error, server.registration_endpoint, 'registration');
  }
}

/**
 * Returns where the registration is managed, with its token. Drops both if the URL is not on the origin of the registration
 * endpoint or the issuer: the token would go to another party.
 */
function managementOf(
  client: Readonly<Record<string, unknown>>,
  server: ServerMetadata,
  allowLoopbackHttp: boolean,
): Pick<Registration, 'managementUri' | 'managementToken'> {
  const { registration_client_uri: uri, registration_access_token: token } = client;
  const url = parseSafeUrl(uri, allowLoopbackHttp);
  const origins = [server.registration_endpoint ?? server.issuer, server.issuer].map((ours) => new URL(ours).origin);
  if (!url || typeof token !== 'string' || !origins.includes(url.origin)) return {};
  return { managementUri: url.href, managementToken: token };
}

/**
 * Returns true only if the server lists the URI. An omitted list does not count for sign-out: the provider would reject the URI
 * on its own page, where the app cannot recover.
 */
function isListed(registered: unknown, uri: string): boolean {
  return Array.isArray(registered) && registered.includes(uri);
}

/** Returns true if the response omits the list, and so did not change it, or lists our value (REG-6; RFC 7591 §3.2.1). */
function isKept(registered: unknown, value: string): boolean {
  return registered === undefined || isListed(registered, value);
}

/**
 * Returns true for a public client. The default method uses a secret (RFC 7591 §2), so an omitted method is accepted only if no
 * secret was issued.
 */
function isPublic(method: unknown, secret: unknown): boolean {
  return method === 'none' || (method === undefined && secret === undefined);
}

/**
 * Normalizes a response to RFC 7591 §3.2.1. Some servers return 200 instead of 201, send null or an empty string for absent
 * values, or state wrongly or not at all when a secret expires, which does not matter to a public client.
 */
async function normalized(response: Response): Promise<Response> {
  if (response.status !== 200 && response.status !== 201) return response;
  const body = await parseJsonObject(response.clone());
  if (!body) return response;
  const present = Object.entries(body).filter(([, value]) => value !== null && value !== '');
  return Response.json({ ...Object.fromEntries(present), client_secret_expires_at: 0 }, { status: 201 });
}

/**
 * Deletes a registration at its management URL, if the server issued one (REG-7; RFC 7592 §2.3).
 * @throws OAuthError; the registration then still exists at the server
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
      signal: context.signal ?? null,
    });
    if (!response.ok)
      throw new OAuthError('oauth-error', 'the server keeps the registration', { status: response.status });
  });
}
