import * as oauth from 'oauth4webapi';

import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { hasJsonType, parseJsonObject } from './json-document.ts';
import { asOAuthError } from './server-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

/**
 * Hands an authorization request to the server before the person goes there (RFC 9126 §2), so that nobody on the way, the
 * person's own address bar included, can read or change it.
 * @param parameters those of the authorization request, `client_id` among them
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
      [oauth.customFetch]: context.fetchFor('pushed-request'),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      signal: context.signal,
    });
    return (await oauth.processPushedAuthorizationResponse(server, client, await normalized(response))).request_uri;
  } catch (error) {
    throw asOAuthError(error, endpoint, 'pushed-request');
  }
}

/**
 * An answer as RFC 9126 §2.2 has it: some servers say 200 for 201, or nothing usable of when the request ends, which nobody
 * here waits for.
 */
async function normalized(response: Response): Promise<Response> {
  if ((response.status !== 200 && response.status !== 201) || !hasJsonType(response)) return response;
  return Response.json({ ...(await parseJsonObject(response)), expires_in: 1 }, { status: 201 });
}
