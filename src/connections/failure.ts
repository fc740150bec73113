import { omitUndefined } from '#lib/omit-undefined.ts';
import { OAuthError, type OAuthErrorCode, type ServerChange } from '#oauth/errors.ts';
import type { ProtocolStep } from '#oauth/protocol-step.ts';
import { isStorageError } from '#storage/storage-health.ts';

import { ChunkLoadError } from './load-chunk.ts';

/** Why a sign-in failed: the protocol's reason, or the page's own. */
export type SignInFailureCode =
  | OAuthErrorCode
  | 'not-stored'
  /**
   * The code was sent, but the script that reads the response could not be loaded: the app is offline or was updated in
   * the meantime.
   */
  | 'not-loaded'
  /** Nothing was sent: the script that sends the request could not be loaded. */
  | 'part-not-loaded';

/** A failed sign-in, with the details that a screen may show. */
export interface SignInFailure {
  code: SignInFailureCode;
  /** The request that failed. */
  step?: ProtocolStep;
  /** The requested URL, without its query. */
  url?: string;
  status?: number;
  /** The server's error code, truncated. */
  serverError?: string;
  /**
   * The server's error description as plain text, truncated: the server's own claim (UI-2). Only set for registrations
   * (TOK-7).
   */
  serverDescription?: string;
  /** The request carried a DPoP proof. */
  hadProof?: true;
  /** The member of the server's metadata that is missing or unsafe. */
  member?: string;
  /** The URL that the metadata names instead of the requested one, on the same origin. */
  named?: string;
  /** The target of a redirect, without its query. */
  location?: string;
  /** The servers that the resource now names instead of the expected one (DISC-5). */
  change?: ServerChange;
}

/** Returns true if the server no longer knows this client; if it was registered, it can register again (REF-7). */
export function isForgotten({ code, serverError }: SignInFailure): boolean {
  return code === 'oauth-error' && serverError === 'invalid_client';
}

/** Converts an error to a sign-in failure; returns undefined for a bug in the app, which the caller rethrows. */
export function signInFailureOf(error: unknown): SignInFailure | undefined {
  if (isStorageError(error)) return { code: 'not-stored' };
  if (error instanceof ChunkLoadError) return { code: 'part-not-loaded' };
  if (!(error instanceof OAuthError)) return undefined;
  const { step, url, status, serverError, serverDescription, change, hadProof, member, named, location } =
    error.details;
  // A token endpoint's description may echo what was sent to it (TOK-7). Registration and PAR requests contain no secret.
  const isHarmless = step === 'registration' || step === 'par';
  return omitUndefined({
    code: error.code,
    step,
    url,
    status,
    serverError,
    serverDescription: isHarmless ? serverDescription : undefined,
    hadProof,
    change,
    member,
    named,
    location,
  });
}
