import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { JWK } from 'jose';
import type { Addresses } from './addresses.ts';
import { isObject } from './is-object.ts';
import { kept } from './kept.ts';
import type { Person } from './people.ts';
import type { Store } from './store.ts';

/** How long an id_token may be used, seconds. */
const LIFETIME = 300;

/** What an id_token is made for. */
export interface SignIn {
  readonly person: Person;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The request's nonce; only the first id_token of a grant carries it (OpenID Connect Core §12.2). */
  readonly nonce?: string;
  /** When the person signed in, seconds since the epoch. */
  readonly authTime: number;
}

/** The OpenID provider's part: who somebody is, signed. */
export interface Identity {
  /** A signed id_token (OpenID Connect Core §2). */
  idToken(signIn: SignIn): Promise<string>;
  /** The public half of the signing key, as a JWK Set (RFC 7517 §5). */
  keys(): Promise<{ readonly keys: readonly JWK[] }>;
}

/**
 * @param options where the key is kept, whose issuer it is, and the clock in milliseconds
 * @returns the provider; its ES256 key is made at first use and kept from then on
 */
export function createIdentity({
  store,
  addresses,
  now,
}: {
  readonly store: Store;
  readonly addresses: Addresses;
  readonly now: () => number;
}): Identity {
  const signingKey = kept(store, 'signing-key', isKey, async (): Promise<JWK> => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
  });

  return {
    async idToken({ person, clientId, scopes, nonce, authTime }) {
      const key = await signingKey();
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT({
        ...claimsOf(person, scopes, addresses),
        ...(nonce === undefined ? {} : { nonce }),
        auth_time: authTime,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }) })
        .setIssuer(addresses.issuer)
        .setSubject(person.id)
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
 * What a client may know about a person (OpenID Connect Core §5.4).
 *
 * @param person whom it is about
 * @param scopes what was granted
 * @param addresses where the picture lies
 * @returns the claims, without `sub`
 */
export function claimsOf(person: Person, scopes: readonly string[], addresses: Addresses): Record<string, unknown> {
  return {
    ...(scopes.includes('profile')
      ? {
          name: person.name,
          preferred_username: person.handle,
          picture: `${addresses.pictures}/${person.id}.svg`,
        }
      : {}),
    ...(scopes.includes('email') ? { email: person.email, email_verified: true } : {}),
  };
}

function isKey(value: unknown): value is JWK {
  return isObject(value) && value['kty'] === 'EC' && typeof value['d'] === 'string' && typeof value['kid'] === 'string';
}
