import { ConnectionError } from '#connections/errors.ts';
import type { HttpClient } from '#connections/http/http-client.ts';
import type { AccessTokens } from '#connections/refresh/access-tokens.ts';
import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Credential } from '#connections/store/credential.ts';
import { authorizationHeader } from '#oauth/authorization-header.ts';
import { challengedMetadataUrl, parseChallenges, tokenChallenge } from '#oauth/challenge.ts';
import { OAuthError, type OAuthErrorCode } from '#oauth/errors.ts';
import { sanitizeText } from '#oauth/json-document.ts';
import { stepUpChallenge, type StepUpChallenge } from '#oauth/step-up-challenge.ts';
import type { TraceTag } from '#trace/event.ts';

import { ApiError, type ApiErrorCode } from './errors.ts';
import { resolveWithin } from './resolve-within.ts';

/** One call; the body is text, so that it can be sent a second time (API-6). */
export interface ApiCall {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** A fetch that acts for one connection. `path` is below the resource, or an address the API gave, held to the same rule. */
export type AuthorizedFetch = (path: string, call?: ApiCall) => Promise<Response>;

export interface AuthorizedFetchDeps {
  store: ConnectionStore;
  tokens: AccessTokens;
  http: HttpClient;
}

/**
 * A fetch with the connection's token, for its own origin and path alone (API-1, API-2). On 401 the token is refreshed once
 * and the call is sent once more (API-5); nothing else is repeated (API-6). Gives 2xx answers.
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
      throw new ApiError('needs-sign-in', 'a new token was refused too', { status: 401 });
    }
    if (response.ok) return response;
    throw await apiErrorOf(response);
  };
}

/** The last answer to a call, whatever its status, and what it was sent with: for the API layer alone. */
export interface AuthorizedResponse {
  response: Response;
  /** What the answer is to: with 401 the token was refreshed just before, and refused all the same. */
  credential: Credential;
  /** How long this answer took, in milliseconds: without the refresh and the refused call that may stand before it. */
  took: number;
}

/**
 * Sends a call with the connection's token, and once more with a new one when the first is refused (API-1, API-2, API-5).
 * Gives every answer.
 * @param options `endsSignIn: false` takes a refusal that no refresh can mend for an answer, and not for the end of the grant
 * @throws ApiError when there is no answer
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
    const send = async (credential: Credential, because?: 'renewed-token'): Promise<AuthorizedResponse> => {
      const { accessToken, bound } = credential;
      const startedAt = http.now();
      const headers = { ...call.headers, authorization: authorizationHeader(accessToken, bound !== undefined) };
      const sending = http.apiFetch(tag, bound, because)(url, { ...call, headers });
      const response = await sending.catch(async (error: unknown) => {
        if (!(error instanceof OAuthError) || error.code !== 'key-missing') throw error;
        await tokens.markKeyLost(connectionId, accessToken);
        throw new ApiError('needs-sign-in', 'the key that the token is bound to is gone', { cause: error });
      });
      return { response, credential, took: http.now() - startedAt };
    };
    const result = await send(await tokens.current(connectionId, tag.flow));
    // API-8: a new token for the same sign-in would be refused for the same reason.
    if (result.response.status !== 401 || stepUpIn(result.response)) return result;
    if (!endsSignIn && !tokens.canRefresh(connectionId)) return result;
    return await send(await tokens.refresh(connectionId, result.credential.accessToken, tag.flow), 'renewed-token');
  } catch (error) {
    throw asApiError(error);
  }
}

/** Why a grant is of no use whose new token was refused too. Of a bound one DPoP may be the matter (DPOP-5, DPOP-7). */
function endingAfter(response: Response, { bound }: Credential): 'bound-token-refused' | 'token-refused' {
  const isAboutBoundTokens = parseChallenges(response.headers.get('www-authenticate')).some(
    ({ scheme }) => scheme === 'dpop',
  );
  return bound && !isAboutBoundTokens ? 'bound-token-refused' : 'token-refused';
}

/** What a refusal demands of the sign-in itself; undefined where that is not the reason. */
export function stepUpIn(response: Response): StepUpChallenge | undefined {
  return response.status === 401 ? stepUpChallenge(response.headers.get('www-authenticate')) : undefined;
}

/** Where a refusal says that the resource describes itself (RFC 9728 §5.1). */
export function metadataUrlOf(response: Response): string | undefined {
  return challengedMetadataUrl(response.headers.get('www-authenticate'));
}

/** API-7: 403 with `insufficient_scope` asks for more permission; any other 403 is final. */
async function apiErrorOf(response: Response): Promise<ApiError> {
  const { status } = response;
  const detail = await problemDetail(response);
  const options = { status, ...(detail !== undefined && { detail }) };
  if (status === 403) {
    const missingScope = missingScopeOf(response);
    if (missingScope) {
      return new ApiError('insufficient-scope', 'the grant does not cover this call', { ...options, missingScope });
    }
    return new ApiError('forbidden', 'the call is not allowed', options);
  }
  if (status === 429) return new ApiError('rate-limited', 'too many calls', options);
  if (status >= 500) return new ApiError('server-fault', 'the API failed', options);
  return new ApiError('refused', 'the API refused the call', options);
}

/** What a refusal asks for beside the grant, perhaps without naming it; undefined where that is not the reason (RFC 6750 §3.1). */
export function missingScopeOf(response: Response): readonly string[] | undefined {
  const challenge = tokenChallenge(response.headers.get('www-authenticate'));
  if (challenge?.parameters.error !== 'insufficient_scope') return undefined;
  return (challenge.parameters.scope ?? '').split(' ').filter((scope) => scope !== '');
}

/** The `detail` or `title` of problem JSON (RFC 9457 §3.1), capped; nothing of any other body. */
async function problemDetail(response: Response): Promise<string | undefined> {
  if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    const problem: unknown = await response.json();
    if (typeof problem !== 'object' || problem === null) return undefined;
    const { detail, title } = problem as { detail?: unknown; title?: unknown };
    const text = typeof detail === 'string' ? detail : title;
    return sanitizeText(text);
  } catch {
    return undefined;
  }
}

function asApiError(error: unknown): unknown {
  if (error instanceof OAuthError) {
    const { status } = error.details;
    return new ApiError(apiCodeOf(error.code), error.message, {
      cause: error,
      ...(status !== undefined && { status }),
    });
  }
  if (!(error instanceof ConnectionError)) return error;
  if (error.code === 'refresh-failed') {
    return new ApiError(error.oauth ? apiCodeOf(error.oauth) : 'server-fault', error.message, { cause: error });
  }
  return new ApiError(error.code, error.message, { cause: error });
}

const WIRE_FAULTS: Partial<Record<OAuthErrorCode, ApiErrorCode>> = {
  unreachable: 'unreachable',
  'not-running': 'unreachable',
  'timed-out': 'timed-out',
  cancelled: 'cancelled',
  'rate-limited': 'rate-limited',
  'response-too-large': 'malformed-response',
  'nonce-unreadable': 'nonce-unreadable',
  'proof-refused': 'proof-refused',
};

/** What a fault of the wire, or of the token endpoint, is to whoever made the call. */
const apiCodeOf = (code: OAuthErrorCode): ApiErrorCode => WIRE_FAULTS[code] ?? 'server-fault';
