import { authorizationHeader } from './authorization-header.ts';
import { OAuthError } from './errors.ts';
import type { FlowContext } from './flow-context.ts';
import { identityOfClaims, type Identity } from './identity.ts';
import { readJsonDocument } from './json-document.ts';
import type { ServerMetadata } from './server-metadata.ts';

export interface UserInfoRequest {
  server: ServerMetadata;
  accessToken: string;
  /** Whether the token is bound to the key that the exchange proves. */
  isDpopBound?: boolean;
  /** The `sub` of the id_token, where there was one: an answer about somebody else is discarded (ID-6). */
  subject?: string;
}

/**
 * Asks the server who signed in (OIDC Core §5.3), as JSON: a signed answer is not used (§5.3.4).
 * @returns the identity; undefined where the server offers no userinfo, does not answer, or answers about somebody else:
 *   an account without a name is no reason to refuse a sign-in
 * @throws OAuthError `cancelled`
 */
export async function fetchUserInfo(context: FlowContext, request: UserInfoRequest): Promise<Identity | undefined> {
  const { server, accessToken, isDpopBound, subject } = request;
  if (server.userinfo_endpoint === undefined) return undefined;
  try {
    const response = await context.fetchFor('userinfo')(server.userinfo_endpoint, {
      headers: { accept: 'application/json', authorization: authorizationHeader(accessToken, isDpopBound) },
      signal: context.signal,
    });
    const { sub, ...claims } = await readJsonDocument(response, server.userinfo_endpoint);
    const isSame = typeof sub === 'string' && sub !== '' && (subject === undefined || sub === subject);
    context.onCheck({ rule: 'userinfo-subject-matches', outcome: isSame ? 'passed' : 'failed' });
    return isSame ? identityOfClaims(server.issuer, { ...claims, sub }) : undefined;
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
