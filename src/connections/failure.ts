import { OAuthError, type OAuthErrorCode, type ServerChange } from '#oauth/errors.ts';
import type { ProtocolStep } from '#oauth/protocol-step.ts';
import { isStorageError } from '#storage/storage-health.ts';

import { ChunkLoadError } from './load-chunk.ts';

/** Why a sign-in came to nothing: the protocol's reason, or the page's own. */
export type SignInFailureCode =
  | OAuthErrorCode
  | 'not-stored'
  /** The code had left, and what reads the answer could not be fetched: offline, or the app was updated meanwhile. */
  | 'not-loaded'
  /** Nothing was sent: the part of the app that would have could not be fetched. */
  | 'part-not-loaded';

/** A sign-in that came to nothing, as far as a screen may know. */
export interface SignInFailure {
  code: SignInFailureCode;
  /** The request that it happened at. */
  step?: ProtocolStep;
  /** The address asked, without query. */
  url?: string;
  status?: number;
  /** The name of the server's error, capped. */
  serverError?: string;
  /** How the server describes the error, capped plain text: its claim (UI-2). Of registrations alone (TOK-7). */
  serverDescription?: string;
  /** The request had a proof of a key (DPoP). */
  hadProof?: true;
  /** The servers that the resource names in the place of the one that is expected (DISC-5). */
  change?: ServerChange;
}

/** Whether the server has said that it does not know this app any more: where it was registered, it can be so anew (REF-7). */
export function isForgotten({ code, serverError }: SignInFailure): boolean {
  return code === 'server-error' && serverError === 'invalid_client';
}

/** An error as a failure of a sign-in; undefined for a fault of the app itself, which is to be thrown on. */
export function signInFailureOf(error: unknown): SignInFailure | undefined {
  if (isStorageError(error)) return { code: 'not-stored' };
  if (error instanceof ChunkLoadError) return { code: 'part-not-loaded' };
  if (!(error instanceof OAuthError)) return undefined;
  const { step, url, status, serverError, serverDescription, change, hadProof } = error.details;
  // What went to a token endpoint may come back in its description (TOK-7). A registration holds no secret.
  const isHarmless = step === 'registration';
  return {
    code: error.code,
    ...(step !== undefined && { step }),
    ...(url !== undefined && { url }),
    ...(status !== undefined && { status }),
    ...(serverError !== undefined && { serverError }),
    ...(isHarmless && serverDescription !== undefined && { serverDescription }),
    ...(hadProof && { hadProof }),
    ...(change && { change }),
  };
}
