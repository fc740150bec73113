import * as oauth from 'oauth4webapi';

import { encodeBase64url } from '#lib/encoding.ts';
import { isText } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { sha2 } from '#lib/sha2.ts';

import { OAuthError } from './errors.ts';
import { assertRule, type FlowContext, type Fetch } from './flow-context.ts';
import { isSubject } from './identity.ts';
import { readJsonDocument } from './read-json-document.ts';
import { parseToken } from './parse-token.ts';
import { withoutQuery } from './safe-url.ts';
import { asOAuthError } from './as-oauth-error.ts';
import type { ServerMetadata } from './server-metadata.ts';

/** The asymmetric signature algorithms to accept if the server does not list its own (ID-2; RFC 7518 §3.1). */
const ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits));

/**
 * Returns the server metadata with signature algorithms for oauth4webapi to validate an id_token against. RFC 8414 metadata
 * need not list them, and the library would then accept RS256 only. The matching key decides, as it does for servers that list
 * several.
 */
export function withAlgorithms(server: ServerMetadata): ServerMetadata {
  return { id_token_signing_alg_values_supported: [...ALGORITHMS, 'EdDSA', 'Ed25519'], ...server };
}

const SIGNATURE_VERDICTS = new Set([oauth.INVALID_RESPONSE, oauth.KEY_SELECTION, oauth.UNSUPPORTED_OPERATION]);

/**
 * Validates the signature of the id_token in a token response that oauth4webapi has processed (ID-2). OIDC Core §3.1.3.7 lets
 * TLS replace this check, but an account's name is worth one more request. Keys are always fetched again; if none of them
 * matches the signature, they are fetched a second time, because the server may be rotating them (ID-3; OIDC Core §10.1).
 * @returns false if there are no keys that script may read: then only TLS vouches for the token, as §3.1.3.7 allows
 * @throws OAuthError `id-token-invalid`, or the error of the key request
 */
export async function requireSignature(
  context: FlowContext,
  server: ServerMetadata,
  response: Response,
): Promise<boolean> {
  try {
    let problem = server.jwks_uri === undefined ? 'no-keys' : await signatureProblem(context, server, response);
    if (problem === oauth.KEY_SELECTION) problem = await signatureProblem(context, server, response);
    if (problem !== 'no-keys') {
      assertRule(context, problem === undefined, { rule: 'id-token-signature-holds' }, 'id-token-invalid');
      return true;
    }
  } catch (error) {
    const isHidden = error instanceof OAuthError && error.code === 'unreachable' && error.details.step === 'jwks';
    if (!isHidden) throw error;
  }
  // The response came from the token endpoint itself: nobody who merely hides the keys can have written it.
  context.onCheck({
    rule: 'id-token-came-over-tls',
    outcome: 'passed',
    ...(server.jwks_uri && { actual: server.jwks_uri }),
  });
  return false;
}

/**
 * Returns why the signature is invalid, or undefined if it is valid.
 * @throws OAuthError if the keys cannot be fetched or read, which says nothing about the signature
 */
async function signatureProblem(
  context: FlowContext,
  server: ServerMetadata,
  response: Response,
): Promise<string | undefined> {
  try {
    // Pass a copy: the library caches the keys of each server object it has seen.
    await oauth.validateApplicationLevelSignature(withAlgorithms(server), response, {
      [oauth.customFetch]: readableKeys(context.fetchFor('jwks')),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      ...omitUndefined({ signal: context.signal }),
    });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!SIGNATURE_VERDICTS.has(code)) throw asOAuthError(error, server.jwks_uri ?? server.token_endpoint, 'jwks');
    return code;
  }
}

/** Wraps the key request to tell unreadable keys from an invalid signature, for which the library reports the same error. */
function readableKeys(send: Fetch) {
  return async (url: string, init: oauth.CustomFetchOptions<'GET'>): Promise<Response> => {
    const response = await send(url, { ...init, body: null });
    const { keys } = await readJsonDocument(response.clone(), url);
    if (Array.isArray(keys)) return response;
    throw new OAuthError('malformed-response', 'no list of keys', { step: 'jwks', url: withoutQuery(url) });
  };
}

/**
 * Rejects an id_token that is not signed with a private key: `none`, or a shared secret, which a public client does not have
 * (ID-2).
 * @throws OAuthError `id-token-invalid`
 */
export function requireAsymmetric(context: Pick<FlowContext, 'onCheck'>, idToken: string): void {
  const form = parseToken(idToken);
  const algorithm = form.kind === 'jwt' ? String(form.header.alg).slice(0, 20) : 'none';
  if (!/^none$|^HS/i.test(algorithm)) return;
  const check = { rule: 'id-token-signature-holds', expected: 'a private key', actual: algorithm } as const;
  assertRule(context, false, check, 'id-token-invalid');
}

/**
 * Validates the claims that oauth4webapi leaves open: a subject that can identify a user, and an authorized party that is this
 * app even where the audience names only this app (ID-1; OIDC Core §2, §3.1.3.7).
 * @throws OAuthError `id-token-invalid`
 */
export function assertSubjectAndParty(
  context: Pick<FlowContext, 'onCheck'>,
  { sub, azp }: oauth.IDToken,
  clientId: string,
): void {
  const holds = isSubject(sub) && (azp ?? clientId) === clientId;
  assertRule(context, holds, { rule: 'id-token-claims-hold' }, 'id-token-invalid');
}

/**
 * Validates an access token against the `at_hash` of its id_token, if present (ID-4; OIDC Core §3.1.3.8).
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
  const { at_hash: received } = form.claims;
  // Some servers pad the base64url value.
  const holds = isText(received) && received.replace(/={1,2}$/, '') === hash;
  assertRule(context, holds, rule, 'id-token-invalid');
}

/** Returns the left half of the hash that belongs to a signature algorithm (RFC 7518 §3.1; EdDSA with Ed25519 uses SHA-512). */
async function leftHalfHash(algorithm: string, text: string): Promise<string> {
  const bits = (['256', '384'] as const).find((length) => algorithm.endsWith(length)) ?? '512';
  const hash = await sha2(text, bits);
  return encodeBase64url(hash.slice(0, hash.length / 2));
}
