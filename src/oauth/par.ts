import * as oauth from 'oauth4webapi';

import { omitUndefined } from '#lib/omit-undefined.ts';

import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { hasJsonType, parseJsonObject } from './json-document.ts';
import { asOAuthError, throwForeignError } from './as-oauth-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

/**
 * Pushes an authorization request to the server before the user is redirected there (RFC 9126 §2), so that it cannot be read or
 * changed on the way, for example in the user's address bar.
 * @param parameters the parameters of the authorization request, including `client_id`
 * @returns the `request_uri` that stands for them
 * @throws OAuthError
 */
export async function pushAuthorizationRequest(
  context: FlowContext,
  server: ServerMetadata,
  parameters: URLSearchParams,
): Promise<string> {
  const endpoint = server.pushed_authorization_request_endpoint;
  if (endpoint === undefined) throw new OAuthError('not-found', 'the server takes no pushed requests');
  const client: oauth.Client = { client_id: parameters.get('client_id') ?? '' };
  try {
    const response = await oauth.pushedAuthorizationRequest(server, client, oauth.None(), parameters, {
      [oauth.customFetch]: context.fetchFor('par'),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      ...omitUndefined({ signal: context.signal }),
    });
    await throwForeignError(response, endpoint, 'par');
    return (await oauth.processPushedAuthorizationResponse(server, client, await normalized(response))).request_uri;
  } catch (error) {
    throw asOAuthError(error, endpoint, 'par');
  }
}

/**
 * Normalizes a response to RFC 9126 §2.2: some servers return 200 instead of 201, or an invalid `expires_in`, which the app
 * does not use.
 */
async function normalized(response: Response): Promise<Response> {
  if ((response.status !== 200 && response.status !== 201) || !hasJsonType(response)) return response;
  return Response.json({ ...(await parseJsonObject(response)), expires_in: 1 }, { status: 201 });
}
