import type { AuthorizationServer } from './authorization-server.ts';
import { claimsOf } from './identity.ts';
import type { Urls } from './urls.ts';
import { findUser } from './users.ts';

/**
 * Handles requests to the userinfo endpoint (OpenID Connect Core §5.3).
 *
 * @param request a request with an access token in its Authorization header
 * @param server validates the token
 * @param urls for the picture URLs
 * @returns the claims that the granted scopes allow; 401 without a valid token, 403 if it lacks `openid`
 */
export async function handleUserinfo(request: Request, server: AuthorizationServer, urls: Urls): Promise<Response> {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD, POST, OPTIONS' } });
  }
  const token = /^Bearer +([^\s,]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return challenge(401, 'Bearer');
  const valid = await server.validate(token);
  const user = findUser(valid?.userId);
  if (valid === null || user === undefined) return challenge(401, 'Bearer error="invalid_token"');
  if (!valid.scope.includes('openid')) return challenge(403, 'Bearer error="insufficient_scope", scope="openid"');
  return Response.json(
    { sub: user.id, ...claimsOf(user, valid.scope, urls) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}

function challenge(status: 401 | 403, value: string): Response {
  return new Response(null, { status, headers: { 'WWW-Authenticate': value, 'Cache-Control': 'no-store' } });
}
