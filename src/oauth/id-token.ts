import * as oauth from 'oauth4webapi';

import { base64url } from './base64url.ts';
import { OAuthError } from './errors.ts';
import { assertRule, type FlowContext, type Fetch } from './flow-context.ts';
import { readJsonDocument } from './json-document.ts';
import { parseToken } from './parse-token.ts';
import { withoutQuery } from './safe-url.ts';
import { asOAuthError } from './server-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

/** Algorithms with a private key that this app accepts where the server does not say which it uses (ID-2; RFC 7518 §3.1). */
const ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits));

/**
 * A server as oauth4webapi is to know it for an id_token. Metadata of RFC 8414 need not name signature algorithms, and the
 * library would then believe RS256 alone; the key that fits decides, as it does for servers that name several.
 */
export function withAlgorithms(server: ServerMetadata): ServerMetadata {
  return { id_token_signing_alg_values_supported: [...ALGORITHMS, 'EdDSA', 'Ed25519'], ...server };
}

const SIGNATURE_VERDICTS = new Set([oauth.INVALID_RESPONSE, oauth.KEY_SELECTION, oauth.UNSUPPORTED_OPERATION]);

/**
 * Checks the signature of the id_token in a token answer that oauth4webapi has processed (ID-2). TLS would excuse it (OIDC
 * Core §3.1.3.7), but an account's name is worth one more request. Keys are fetched anew; where they lack the one that
 * signed, once more, since a server may just be changing them (ID-3; OIDC Core §10.1).
 * @throws OAuthError `id-token-invalid`, or what the fetch of the keys ended with
 */
export async function requireSignature(
  context: FlowContext,
  server: ServerMetadata,
  response: Response,
): Promise<void> {
  let refusal = await signatureRefusal(context, server, response);
  if (refusal === oauth.KEY_SELECTION) refusal = await signatureRefusal(context, server, response);
  assertRule(context, refusal === undefined, { rule: 'id-token-signature-holds' }, 'id-token-invalid');
}

/** Why the signature does not hold; undefined when it does. Keys that can't be fetched or read say nothing: that throws. */
async function signatureRefusal(
  context: FlowContext,
  server: ServerMetadata,
  response: Response,
): Promise<string | undefined> {
  try {
    // A copy, since the library keeps the keys of each server object it has seen.
    await oauth.validateApplicationLevelSignature(withAlgorithms(server), response, {
      [oauth.customFetch]: readableKeys(context.fetchFor('signing-keys')),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      signal: context.signal,
    });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!SIGNATURE_VERDICTS.has(code))
      throw asOAuthError(error, server.jwks_uri ?? server.token_endpoint, 'signing-keys');
    return code;
  }
}

/** The library says of keys that can't be read what it says of a signature that does not hold: here they are told apart. */
function readableKeys(send: Fetch): Fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const { url } = new Request(input);
    const { keys } = await readJsonDocument(response.clone(), url);
    if (Array.isArray(keys)) return response;
    throw new OAuthError('malformed-response', 'no list of keys', { step: 'signing-keys', url: withoutQuery(url) });
  };
}

/**
 * Refuses an id_token that is not signed with a private key: `none`, or a secret, which a public client does not have (ID-2).
 * @throws OAuthError `id-token-invalid`
 */
export function requireAsymmetric(context: Pick<FlowContext, 'onCheck'>, idToken: string): void {
  const form = parseToken(idToken);
  const algorithm = form.kind === 'jwt' ? String(form.header.alg).slice(0, 20) : 'none';
  if (!/^none$|^HS/i.test(algorithm)) return;
  const check = { rule: 'id-token-signature-holds', expected: 'a private key', actual: algorithm } as const;
  assertRule(context, false, check, 'id-token-invalid');
}

/** How far a server's clock may be ahead of this device's, in seconds: beyond, an id_token is from no clock that runs. */
const MAX_CLOCK_SKEW_S = 15 * 60;

/**
 * Refuses an id_token from the future (ID-1; OIDC Core §3.1.3.7); the library holds all its other claims against the request.
 * @throws OAuthError `id-token-invalid`
 */
export function assertIssuedAt(context: Pick<FlowContext, 'onCheck'>, issuedAt: number): void {
  const hasBegun = issuedAt <= Date.now() / 1000 + MAX_CLOCK_SKEW_S;
  assertRule(context, hasBegun, { rule: 'id-token-claims-hold' }, 'id-token-invalid');
}

/**
 * Holds an access token against the `at_hash` of the id_token it came with, where there is one (ID-4; OIDC Core §3.1.3.8).
 * @throws OAuthError `id-token-invalid`
 */
export async function requireAccessTokenHash(
  context: Pick<FlowContext, 'onCheck'>,
  idToken: string,
  accessToken: string,
): Promise<void> {
  const form = parseToken(idToken);
  if (form.kind !== 'jwt' || form.claims.at_hash === undefined) return;
  const hash = await leftHalfHash(String(form.header.alg), accessToken);
  const rule = { rule: 'access-token-hash-holds' } as const;
  assertRule(context, form.claims.at_hash === hash, rule, 'id-token-invalid');
}

/** The left half of the hash that goes with a signature algorithm (RFC 7518 §3.1; EdDSA with Ed25519 hashes with SHA-512). */
async function leftHalfHash(algorithm: string, text: string): Promise<string> {
  const bits = /(256|384|512)$/.exec(algorithm)?.[1] ?? '512';
  const digest = new Uint8Array(await crypto.subtle.digest(`SHA-${bits}`, new TextEncoder().encode(text)));
  const half = digest.slice(0, digest.length / 2);
  return base64url(half);
}
