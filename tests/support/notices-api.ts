/** A small API that oidc-provider protects: notices to read and to write, with a scope for each. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json as readJson } from 'node:stream/consumers';

import { createLocalJWKSet, jwtVerify, type JWK } from 'jose';
import type { Provider } from 'oidc-provider';

import { omitUndefined } from '#lib/omit-undefined.ts';
import { createProofCheck } from '#tests/support/proof-check.ts';

export const SCOPES = ['notices:read', 'notices:write'];

export interface NoticesApiOptions {
  /** The issuer whose tokens it accepts now. */
  provider: () => Provider;
  /** Its resource identifier; `GET` returns the user, and `/notices` below it are the notices. */
  resource: string;
  /** The key that the provider signs with. */
  key: JWK & { kty: string };
  /** Whether it accepts only DPoP-bound tokens. */
  isRequired: boolean;
  /** Whether every proof needs a nonce of its own. */
  wantsNonces: boolean;
  /** The authentication required to write (RFC 9470), known for opaque tokens only. */
  acrToWrite?: string | undefined;
}

/** The meaning of an access token in any format. */
interface Meaning {
  subject: string;
  scope: string;
  /** The thumbprint of the key that it is bound to. */
  boundTo?: string;
  /** How the user had signed in. */
  acr?: string | undefined;
}

/** Creates the API as a node:http listener. It stores the notices in memory. */
export function createNoticesApi(options: NoticesApiOptions) {
  const { provider, resource, key, isRequired, wantsNonces, acrToWrite } = options;
  const { origin } = new URL(resource);
  const metadata = `${origin}/.well-known/oauth-protected-resource/api`;
  const { kty, n, e, kid } = key;
  const keys = createLocalJWKSet({ keys: [omitUndefined({ kty, kid, n, e })] });
  const dpop = createProofCheck({ origin, wantsNonces });
  const notices: { id: number; by: string; text: string }[] = [];

  function refuse(
    response: ServerResponse,
    status: 401 | 403,
    parameters: Record<string, string>,
    scheme = isRequired ? 'DPoP' : 'Bearer',
  ): void {
    const algorithms = scheme === 'DPoP' && { algs: 'ES256' };
    const listed = Object.entries({ ...parameters, ...algorithms, resource_metadata: metadata });
    const challenge = `${scheme} ${listed.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
    response.setHeader('www-authenticate', challenge);
    json(response, status, {});
  }

  async function fieldDoc(presented: string): Promise<Meaning | undefined> {
    if (presented.split('.').length === 3) {
      const checks = { issuer: origin, audience: resource, typ: 'at+jwt' };
      const payload = await jwtVerify(presented, keys, checks).then(
        (verified) => verified.payload,
        () => undefined,
      );
      return (
        payload && {
          subject: String(payload.sub),
          scope: String(payload.scope),
          ...boundTo((payload.cnf as { jkt?: string } | undefined)?.jkt),
        }
      );
    }
    const token = await provider().AccessToken.find(presented);
    if (!token?.isValid || token.aud !== resource) return undefined;
    const session = await provider().Session.findByUid(token.sessionUid ?? '');
    return { subject: token.accountId, scope: token.scope ?? '', acr: session?.acr, ...boundTo(token.jkt) };
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, scheme, presented] = /^(Bearer|DPoP) (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (scheme === undefined || presented === undefined) return refuse(response, 401, {});
    const meaning = await fieldDoc(presented);
    if (scheme === 'DPoP') {
      const fault = meaning?.boundTo && (await dpop.faultOf(request, presented, meaning.boundTo));
      const nonce = dpop.nextNonce();
      if (nonce !== undefined) response.setHeader('dpop-nonce', nonce);
      if (fault) return refuse(response, 401, { error: fault }, scheme);
    }
    // A bound token with the other scheme is a stolen one, and a bearer token with DPoP proves nothing.
    const isRightScheme = (scheme === 'DPoP') === (meaning?.boundTo !== undefined);
    if (meaning === undefined || !isRightScheme) return refuse(response, 401, { error: 'invalid_token' }, scheme);
    const isWriting = request.method === 'POST';
    const needed = isWriting ? 'notices:write' : 'notices:read';
    if (!meaning.scope.split(' ').includes(needed)) {
      return refuse(response, 403, { error: 'insufficient_scope', scope: needed });
    }
    if (isWriting && acrToWrite !== undefined && meaning.acr !== acrToWrite) {
      return refuse(response, 401, { error: 'insufficient_user_authentication', acr_values: acrToWrite });
    }
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname === '/api' || pathname === '/api/')
      return json(response, 200, { subject: meaning.subject, scope: meaning.scope });
    if (pathname !== '/api/notices') return json(response, 404, {});
    if (!isWriting) return json(response, 200, { notices });
    const { text } = (await readJson(request)) as { text?: unknown };
    const notice = { id: notices.length + 1, by: meaning.subject, text: String(text) };
    notices.push(notice);
    json(response, 201, notice);
  };
}

const boundTo = (thumbprint: string | undefined) => (thumbprint === undefined ? {} : { boundTo: thumbprint });

/** Responds with a JSON body. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
