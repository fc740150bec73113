import { ConnectionError } from '#connections/errors.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { AccessTokens } from '#connections/refresh/access-tokens.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Credential } from '#connections/store/credential.ts';
import { isObject } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { splitScope } from '#lib/scope.ts';
import { authorizationHeader } from '#oauth/authorization-header.ts';
import { challengedMetadataUrl, parseChallenges, tokenChallenge } from '#oauth/challenge.ts';
import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import { sanitizeText } from '#oauth/sanitize-text.ts';
import { stepUpChallenge, type StepUpChallenge } from '#oauth/step-up-challenge.ts';
import type { TraceTag } from '#trace/event.ts';

import { ApiError, type ApiErrorCode } from './errors.ts';
import { resolveWithin } from './resolve-within.ts';

/** An API call. The body is text, so that it can be sent a second time (API-6). */
export interface ApiCall {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** A fetch on behalf of one connection. `path` is a path below the resource, or a URL from the API that meets the same rule. */
export type AuthorizedFetch = (path: string, call?: ApiCall) => Promise<Response>;

export interface AuthorizedFetchDeps {
  store: ConnectionStore;
  tokens: AccessTokens;
  http: HttpClient;
}

/**
 * Creates a fetch that sends the connection's token only to its own origin and path (API-1, API-2). After a 401 it refreshes
 * the token and retries the call once (API-5); it repeats nothing else (API-6). Returns 2xx responses.
 * @throws ApiError for everything else
 */
export function authorizedFetch(deps: AuthorizedFetchDeps, connectionId: string): AuthorizedFetch {
  return async (path, call) => {
    const { response, credential } = await sendAuthorized(deps, connectionId, path, call);
    const demand = stepUpIn(response);
    if (demand) {
      throw new ApiError('needs-authentication', 'the call wants a newer or stronger sign-in', { status: 401, demand });
    }
    if (response.status === 401) {
      const about = { metadataUrl: metadataUrlOf(response), reason: endingAfter(response, credential) };
      await deps.tokens.invalidate(connectionId, credential.accessToken, about);
      throw new ApiError('needs-sign-in', 'a new token was rejected too', { status: 401 });
    }
    if (response.ok) return response;
    throw await apiErrorOf(response);
  };
}

/** The last response to a call, whatever its status, and the credential it was sent with. For use within the API layer only. */
export interface AuthorizedResponse {
  response: Response;
  /**
   * The credential of the request. After a 401 without a step-up challenge it had just been refreshed, unless `endsSignIn` is
   * false and it cannot be refreshed.
   */
  credential: Credential;
  /** Whether the token of an earlier attempt was rejected and has been refreshed since. */
  isRefreshed: boolean;
  /** The duration of the last request in milliseconds, without a preceding refresh or rejected attempt. */
  durationMs: number;
}

/**
 * Sends a call with the connection's token, and once more with a refreshed token if the first is rejected (API-1, API-2,
 * API-5). Returns every response.
 * @param options `endsSignIn: false` returns a 401 that no refresh can resolve instead of ending the grant
 * @throws ApiError if there is no response
 */
export async function sendAuthorized(
  { store, tokens, http }: AuthorizedFetchDeps,
  connectionId: string,
  path: string,
  call: ApiCall = {},
  { endsSignIn = true }: { endsSignIn?: boolean } = {},
): Promise<AuthorizedResponse> {
  try {
    await store.ready;
    const connection = store.find(connectionId);
    if (!connection) throw new ApiError('no-connection', 'there is no such connection');
    const url = resolveWithin(connection.service.resource, path);
    const tag: TraceTag = {
      flow: crypto.randomUUID(),
      kind: 'call',
      service: connection.service.name,
      connection: connectionId,
    };
    const send = async (credential: Credential, because?: 'token-refreshed'): Promise<AuthorizedResponse> => {
      const { accessToken, bound } = credential;
      const startedAt = http.now();
      const headers = { ...call.headers, authorization: authorizationHeader(accessToken, bound !== undefined) };
      const sending = http.apiFetch(tag, bound, because)(url, { ...call, headers });
      const response = await sending.catch(async (error: unknown) => {
        if (!(error instanceof OAuthError) || error.code !== 'key-missing') throw error;
        await tokens.markKeyLost(connectionId, accessToken);
        throw new ApiError('needs-sign-in', 'the key that the token is bound to is gone', { cause: error });
      });
      return { response, credential, isRefreshed: because !== undefined, durationMs: http.now() - startedAt };
    };
    const result = await send(await tokens.current(connectionId, tag.flow));
    // API-8: a new token of the same sign-in would be rejected for the same reason.
    if (result.response.status !== 401 || stepUpIn(result.response)) return result;
    if (!endsSignIn && !tokens.canRefresh(connectionId)) return result;
    return await send(await tokens.refresh(connectionId, result.credential.accessToken, tag.flow), 'token-refreshed');
  } catch (error) {
    throw asApiError(error);
  }
}

/**
 * Returns why the grant ends after its refreshed token was rejected too. For a bound token the cause may be DPoP (DPOP-5,
 * DPOP-7).
 */
function endingAfter(response: Response, { bound }: Credential): 'bound-token-refused' | 'token-refused' {
  const isAboutBoundTokens = parseChallenges(response.headers.get('www-authenticate')).some(
    ({ scheme }) => scheme === 'dpop',
  );
  return bound && !isAboutBoundTokens ? 'bound-token-refused' : 'token-refused';
}

/** Returns the step-up requirements of a 401; undefined if it has another reason. */
export function stepUpIn(response: Response): StepUpChallenge | undefined {
  return response.status === 401 ? stepUpChallenge(response.headers.get('www-authenticate')) : undefined;
}

/** Returns the resource metadata URL that a response names (RFC 9728 §5.1). */
export function metadataUrlOf(response: Response): string | undefined {
  return challengedMetadataUrl(response.headers.get('www-authenticate'));
}

/** API-7: 403 with `insufficient_scope` asks for more permission; any other 403 is final. */
async function apiErrorOf(response: Response): Promise<ApiError> {
  const { status } = response;
  const detail = await problemDetail(response);
  const options = omitUndefined({ status, detail });
  if (status === 403) {
    const missingScope = missingScopeOf(response);
    if (missingScope) {
      return new ApiError('insufficient-scope', 'the grant does not cover this call', { ...options, missingScope });
    }
    return new ApiError('forbidden', 'the call is not allowed', options);
  }
  if (status === 429) return new ApiError('rate-limited', 'too many calls', options);
  if (status >= 500) return new ApiError('http-5xx', 'the API failed', options);
  return new ApiError('refused', 'the API rejected the call', options);
}

/**
 * Returns the scopes that a call requires beyond the grant, empty if the response does not name them; undefined if it has
 * another reason (RFC 6750 §3.1).
 */
export function missingScopeOf(response: Response): readonly string[] | undefined {
  const challenge = tokenChallenge(response.headers.get('www-authenticate'));
  if (challenge?.parameters.error !== 'insufficient_scope') return undefined;
  return splitScope(challenge.parameters.scope ?? '');
}

/** Returns the `detail` or `title` of problem JSON (RFC 9457 §3.1), length-limited; undefined for any other body. */
async function problemDetail(response: Response): Promise<string | undefined> {
  if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    const problem: unknown = await response.json();
    if (!isObject(problem)) return undefined;
    const { detail, title } = problem;
    const text = typeof detail === 'string' ? detail : title;
    return sanitizeText(text);
  } catch {
    return undefined;
  }
}

function asApiError(error: unknown): unknown {
  if (error instanceof OAuthError) {
    const { status, serverError } = error.details;
    const isNonce = error.code === 'invalid-dpop-proof' && serverError === 'use_dpop_nonce';
    return new ApiError(
      isNonce ? 'nonce-rejected' : apiCodeOf(error.code),
      error.message,
      omitUndefined({ cause: error, status }),
    );
  }
  if (!(error instanceof ConnectionError)) return error;
  if (error.code === 'refresh-failed') {
    return new ApiError(error.oauth ? apiCodeOf(error.oauth) : 'http-5xx', error.message, { cause: error });
  }
  return new ApiError(error.code, error.message, { cause: error });
}

const WIRE_FAULTS: Partial<Record<OAuthErrorCode, ApiErrorCode>> = {
  unreachable: 'unreachable',
  redirected: 'unreachable',
  'worker-unavailable': 'unreachable',
  'timed-out': 'timed-out',
  cancelled: 'cancelled',
  'rate-limited': 'rate-limited',
  'response-too-large': 'malformed-response',
  'nonce-unreadable': 'nonce-unreadable',
  'invalid-dpop-proof': 'invalid-dpop-proof',
};

/** Returns the API error code for a failure of the network or the token endpoint. */
const apiCodeOf = (code: OAuthErrorCode): ApiErrorCode => WIRE_FAULTS[code] ?? 'http-5xx';
