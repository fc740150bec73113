import * as oauth from 'oauth4webapi';

import { isText } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { asOAuthError } from './as-oauth-error.ts';
import { OAuthError } from './errors.ts';
import { assertRule, type FlowContext } from './flow-context.ts';
import { ignoringTimes } from './id-token-times.ts';
import { assertSubjectAndParty, requireAsymmetric, requireSignature, withAlgorithms } from './id-token.ts';
import { subjectIn } from './identity.ts';
import { readIssuedTokens, type DiscardedTokens } from './issued-tokens.ts';
import { parseJsonObject, parseJsonText } from './json-document.ts';
import { assertSameSignIn, assertSameSubject } from './refreshed-id-token.ts';
import type { ServerMetadata } from './server-metadata.ts';
import { normalizeTokenResponse, tokenSetOf, type DpopPreference, type TokenSet } from './token-response.ts';

export interface RefreshRequest {
  server: ServerMetadata;
  clientId: string;
  refreshToken: string;
  resource?: string | undefined;
  /** The granted scope, used if the response names none. It is not sent, so a refresh cannot widen the grant (REF-1). */
  scope: readonly string[];
  /**
   * `required` if the grant is bound to the key that the flow's fetch proves; the new tokens must then be bound too (DPOP-3,
   * DPOP-4).
   */
  binding?: DpopPreference | undefined;
  /** The subject of the grant, if known. An id_token about another subject invalidates the response (ID-5). */
  subject?: string | undefined;
  /** The subject that the `sub` member of the response has to name, if it has one. */
  responseSubject?: string | undefined;
  /** The nonce of the sign-in, if known. An id_token may repeat it but must not contain another (ID-5; OIDC Core §12.2). */
  nonce?: string | undefined;
}

/** What the caller learns of a response before it is known whether its tokens can be used. */
export interface RefreshListener {
  /**
   * Called before a response is rejected or a further request is sent, with the refresh token that replaces the old one: the
   * server may accept only the new one from now on. Not called for a response about another user.
   */
  onReplaced(refreshToken: string): Promise<void>;
  /** Called with the tokens of a response that is rejected. */
  onDiscarded(tokens: DiscardedTokens): void;
}

const NO_LISTENER: RefreshListener = { onReplaced: () => Promise.resolve(), onDiscarded: () => undefined };

/**
 * Requests a new access token with a refresh token (RFC 6749 §6). If the response has no new refresh token, the old one stays
 * valid and is returned (REF-2).
 * An id_token in the response does not set the identity. Its issuer, audience, subject and nonce are compared (ID-5), and its
 * signature is verified if the keys can be read (ID-2). Its times decide nothing: the request has just been sent.
 * @throws OAuthError; `oauth-error` with `invalid_grant` means that the refresh token is no longer valid, `account-mismatch`
 *   that the tokens are somebody else's
 */
export async function refreshTokens(
  context: FlowContext,
  request: RefreshRequest,
  { onReplaced, onDiscarded }: RefreshListener = NO_LISTENER,
): Promise<TokenSet> {
  const { server, clientId, binding = 'none' } = request;
  const client: oauth.Client = { client_id: clientId, ...ignoringTimes };
  let issued: DiscardedTokens | undefined;
  let isOurs = false;
  const keepReplacement = async (): Promise<void> => {
    const replacement = issued?.refreshToken;
    if (isOurs && replacement !== undefined && replacement !== request.refreshToken) await onReplaced(replacement);
    isOurs = false;
  };
  try {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), request.refreshToken, {
      [oauth.customFetch]: context.fetchFor('refresh'),
      [oauth.allowInsecureRequests]: context.allowLoopbackHttp,
      additionalParameters: omitUndefined({ resource: request.resource }),
      ...omitUndefined({ signal: context.signal }),
    });
    if (response.ok) {
      const { id_token, sub } = parseJsonText(await response.clone().text()) ?? {};
      issued = await readIssuedTokens(response);
      if (isText(id_token)) assertSameSignIn(context, id_token, request);
      else assertSameSubject(context, subjectIn(sub).subject, request.responseSubject);
    }
    isOurs = true;
    const normalized = await normalizeTokenResponse(context, response, server.token_endpoint, binding);
    const { id_token } = (await parseJsonObject(normalized.clone())) ?? {};
    if (typeof id_token === 'string') requireAsymmetric(context, id_token);
    const parsed = await oauth.processRefreshTokenResponse(withAlgorithms(server), client, normalized);
    const tokens = tokenSetOf(context, parsed, request.scope, binding);
    const claims = oauth.getValidatedIdTokenClaims(parsed);
    if (claims) {
      assertSubjectAndParty(context, claims, clientId);
      requireNonce(context, claims.nonce, request.nonce);
      await keepReplacement();
      await requireReadableSignature(context, server, normalized);
    }
    return { refreshToken: request.refreshToken, ...tokens };
  } catch (error) {
    if (issued) onDiscarded(issued);
    await keepReplacement();
    throw asOAuthError(error, server.token_endpoint, 'refresh');
  }
}

function requireNonce(context: FlowContext, actual: unknown, expected: string | undefined): void {
  if (actual === undefined || expected === undefined) return;
  assertRule(context, actual === expected, { rule: 'id-token-claims-hold' }, 'id-token-invalid');
}

/**
 * Validates the signature if the server's keys can be read. If they cannot, TLS vouches for the token endpoint (OIDC Core
 * §3.1.3.7), as it does for a response without an id_token; the trace shows the failed request.
 * @throws OAuthError `id-token-invalid` | `cancelled`
 */
async function requireReadableSignature(
  context: FlowContext,
  server: ServerMetadata,
  response: Response,
): Promise<void> {
  try {
    await requireSignature(context, server, response);
  } catch (error) {
    const isVerdict = error instanceof OAuthError && (error.code === 'id-token-invalid' || error.code === 'cancelled');
    if (isVerdict || !(error instanceof OAuthError)) throw error;
  }
}
