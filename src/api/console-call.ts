import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

import {
  stepUpIn,
  metadataUrlOf,
  missingScopeOf,
  sendAuthorized,
  type ApiCall,
  type AuthorizedFetchDeps,
  type AuthorizedResponse,
} from './authorized-fetch.ts';

/** The response to a call, whatever its status. */
export interface ConsoleResponse {
  response: Response;
  /** The duration of the last request only, in milliseconds. */
  durationMs: number;
  rejection: CallRejection | undefined;
}

/** The reason a call was rejected, if it may be a matter of permission (API-7). */
export type CallRejection =
  /** The token was rejected and cannot be refreshed. */
  | { kind: 'token' }
  /** The token was rejected, and the refreshed one too. */
  | { kind: 'refreshed-token' }
  /** The call requires a newer or stronger sign-in (API-8). */
  | { kind: 'authentication'; demand: StepUpChallenge }
  /** `insufficient_scope`; `missing` is empty if the service does not name the scopes. */
  | { kind: 'scope'; missing: readonly string[] }
  /** 403 without a challenge that scripts can read: it may be a missing scope or a plain rejection. */
  | { kind: 'unexplained' };

/** Sends one request whose response is shown to the user. `path` is below the resource. */
export type ConsoleCall = (path: string, call?: ApiCall) => Promise<ConsoleResponse>;

/**
 * Creates a call that uses the connection's token under the same rules as every other call: only below the resource, with one
 * refresh after a 401 (API-2, API-5). A 401 for the new token is returned as a response and does not end the sign-in: a user
 * who tries out URLs may have found one that does not accept this token. It ends the sign-in if the resource has changed its
 * authorization server (DISC-5).
 * @throws ApiError if there is no response
 */
export function consoleCall(deps: AuthorizedFetchDeps, connectionId: string): ConsoleCall {
  return async (path, call) => {
    const sent = await sendAuthorized(deps, connectionId, path, call, { endsSignIn: false });
    const { response, credential, durationMs } = sent;
    const rejection = rejectionOf(sent);
    if (rejection?.kind === 'token' || rejection?.kind === 'refreshed-token') {
      await deps.tokens.invalidateIfServerChanged(connectionId, credential.accessToken, metadataUrlOf(response));
    }
    return { response, durationMs, rejection };
  };
}

function rejectionOf({ response, isRefreshed }: AuthorizedResponse): CallRejection | undefined {
  const demand = stepUpIn(response);
  if (demand) return { kind: 'authentication', demand };
  if (response.status === 401) return { kind: isRefreshed ? 'refreshed-token' : 'token' };
  if (response.status !== 403) return undefined;
  const missing = missingScopeOf(response);
  if (missing) return { kind: 'scope', missing };
  return response.headers.has('www-authenticate') ? undefined : { kind: 'unexplained' };
}
