import { authorizationHeader } from './authorization-header.ts';
import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { identityOfClaims, subjectIn, type Identity } from './identity.ts';
import { readJsonDocument } from './read-json-document.ts';
import type { ServerMetadata } from './server-metadata.ts';

export interface UserInfoRequest {
  server: ServerMetadata;
  accessToken: string;
  /** Whether the token is bound to the key that the flow's fetch proves. */
  isDpopBound?: boolean;
  /** The `sub` of the id_token, if there was one. A response about another subject is discarded (ID-6). */
  subject?: string | undefined;
}

/**
 * Fetches the account that signed in (OIDC Core §5.3), as JSON: signed responses are not supported (§5.3.4).
 * @returns the identity; undefined if the server offers no userinfo, the request fails, or the response is about another
 *   subject: an account without a name is no reason to reject a sign-in
 * @throws OAuthError `cancelled`
 */
export async function fetchUserInfo(context: FlowContext, request: UserInfoRequest): Promise<Identity | undefined> {
  const { server, accessToken, isDpopBound, subject } = request;
  if (server.userinfo_endpoint === undefined) return undefined;
  try {
    const response = await context.fetchFor('userinfo')(server.userinfo_endpoint, {
      headers: { accept: 'application/json', authorization: authorizationHeader(accessToken, isDpopBound) },
      signal: context.signal ?? null,
    });
    const { sub: received, ...claims } = await readJsonDocument(response, server.userinfo_endpoint);
    const { subject: sub } = subjectIn(received);
    const isSame = sub !== undefined && (subject === undefined || sub === subject);
    context.onCheck({ rule: 'userinfo-subject-matches', outcome: isSame ? 'passed' : 'failed' });
    return isSame ? identityOfClaims(server.issuer, { ...claims, sub }) : undefined;
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
