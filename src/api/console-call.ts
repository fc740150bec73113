import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

import {
  stepUpIn,
  metadataUrlOf,
  missingScopeOf,
  sendAuthorized,
  type ApiCall,
  type AuthorizedFetchDeps,
} from './authorized-fetch.ts';

/** What came back, whatever its status. */
export interface ConsoleResponse {
  response: Response;
  /** In milliseconds, of the last request alone. */
  took: number;
  refusal: Refusal | undefined;
}

/** Why a call was refused, where permission may be the reason (API-7). */
export type Refusal =
  /** The token had just been refreshed, or can't be. */
  | { kind: 'token' }
  /** A newer or stronger sign-in is wanted (API-8). */
  | { kind: 'authentication'; demand: StepUpChallenge }
  /** `insufficient_scope`; the scopes are empty where the service names none. */
  | { kind: 'scope'; missing: readonly string[] }
  /** 403 without a challenge that script may read: want of scope can't be told from a plain refusal. */
  | { kind: 'unexplained' };

/** Sends one request for a person who wants to see the answer. `path` is below the resource. */
export type ConsoleCall = (path: string, call?: ApiCall) => Promise<ConsoleResponse>;

/**
 * Calls with the connection's token as every other call of the app has it: below the resource alone, refreshed once on 401
 * (API-2, API-5). A refused new token is an answer too, and does not end the sign-in: who tries addresses out may well
 * have found one that takes no such token. It does where the resource has changed its server (DISC-5).
 * @throws ApiError when there is no answer
 */
export function consoleCall(deps: AuthorizedFetchDeps, connectionId: string): ConsoleCall {
  return async (path, call) => {
    const { response, credential, took } = await sendAuthorized(deps, connectionId, path, call, { endsSignIn: false });
    const refusal = refusalOf(response);
    if (refusal?.kind === 'token') {
      await deps.tokens.invalidateIfServerChanged(connectionId, credential.accessToken, metadataUrlOf(response));
    }
    return { response, took, refusal };
  };
}

function refusalOf(response: Response): Refusal | undefined {
  const demand = stepUpIn(response);
  if (demand) return { kind: 'authentication', demand };
  if (response.status === 401) return { kind: 'token' };
  if (response.status !== 403) return undefined;
  const missing = missingScopeOf(response);
  if (missing) return { kind: 'scope', missing };
  return response.headers.has('www-authenticate') ? undefined : { kind: 'unexplained' };
}
