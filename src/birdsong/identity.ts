import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { JWK } from 'jose';

import { isObject } from './is-object.ts';
import { readOrCreate } from './read-or-create.ts';
import type { Store } from './store.ts';
import type { Urls } from './urls.ts';
import type { User } from './users.ts';

/** The lifetime of an id_token, in seconds. */
const LIFETIME = 300;

/** The sign-in that an id_token describes. */
export interface SignIn {
  readonly user: User;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The request's nonce; only the first id_token of a grant carries it (OpenID Connect Core §12.2). */
  readonly nonce?: string;
  /** When the user signed in, in seconds since the epoch. */
  readonly authTime: number;
}

/** The OpenID provider, which issues id_tokens. */
export interface Identity {
  /** Issues a signed id_token (OpenID Connect Core §2). */
  idToken(signIn: SignIn): Promise<string>;
  /** Returns the public signing key as a JWK Set (RFC 7517 §5). */
  keys(): Promise<{ readonly keys: readonly JWK[] }>;
}

/**
 * Creates the OpenID provider. Its ES256 key is generated on first use and then stored.
 *
 * @param options the store for the key, the URLs for the issuer, and the clock in milliseconds
 */
export function createIdentity({
  store,
  urls,
  now,
}: {
  readonly store: Store;
  readonly urls: Urls;
  readonly now: () => number;
}): Identity {
  const signingKey = readOrCreate(store, 'signing-key', isKey, async (): Promise<JWK> => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
  });

  return {
    async idToken({ user, clientId, scopes, nonce, authTime }) {
      const key = await signingKey();
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT({
        ...claimsOf(user, scopes, urls),
        ...(nonce === undefined ? {} : { nonce }),
        auth_time: authTime,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }) })
        .setIssuer(urls.issuer)
        .setSubject(user.id)
        .setAudience(clientId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME)
        .sign(await importJWK(key, 'ES256'));
    },
    async keys() {
      const { d: _private, ...publicKey } = await signingKey();
      return { keys: [publicKey] };
    },
  };
}

/**
 * Returns the claims about a user that the granted scopes allow (OpenID Connect Core §5.4).
 *
 * @param user the user
 * @param scopes the granted scopes
 * @param urls for the picture URL
 * @returns the claims, without `sub`
 */
export function claimsOf(user: User, scopes: readonly string[], urls: Urls): Record<string, unknown> {
  return {
    ...(scopes.includes('profile')
      ? {
          name: user.name,
          preferred_username: user.handle,
          picture: `${urls.pictures}/${user.id}.svg`,
        }
      : {}),
    ...(scopes.includes('email') ? { email: user.email, email_verified: true } : {}),
  };
}

function isKey(value: unknown): value is JWK {
  return isObject(value) && value['kty'] === 'EC' && typeof value['d'] === 'string' && typeof value['kid'] === 'string';
}
