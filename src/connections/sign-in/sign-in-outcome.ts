import type { SignInFailure } from '#connections/failure.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import type { UnusableReason } from '#oauth/callback.ts';
import type { Identity } from '#oauth/identity.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

/** The progress of a returning sign-in; each stage includes those before it. */
export type SignInStage = 'received' | 'matched' | 'exchanging' | 'identifying';

/** Why a response was rejected. No request was sent and no data was changed (CB-3). */
export type InvalidResponseReason =
  | UnusableReason
  /** This tab has no sign-in with that state: it started elsewhere, or the URL is forged. */
  | 'unknown-state'
  /** The user returned after the pending sign-in had expired. */
  | 'expired-state'
  /** The response was used before, through a reload, Back or a duplicated tab (CB-8). */
  | 'already-used'
  /** The response arrived at another redirect URI than the one in the request (CB-6). */
  | 'wrong-redirect-uri';

/** What to do when a different user signed in. */
export type AccountMismatchChoice = 'keep-both' | 'discard';

/** The purpose of a sign-in, with enough detail to start it again. */
export interface SignInContext {
  service: ServiceReference;
  returnTo: string;
  scope?: readonly string[];
  /** The connection to reauthorize; missing for a new one. */
  connectionId?: string;
  /** The post that waits for the requested permission. */
  resumes?: string;
  /** How the user had to authenticate (API-8). */
  authentication?: StepUpChallenge;
}

/** The result of processing an authorization response. */
export type SignInOutcome =
  /** `named` resolves when the account name is stored too; it is set while the UserInfo request is still pending. */
  | ({ kind: 'connected'; connectionId: string; named?: Promise<void> } & SignInContext)
  | ({ kind: 'denied'; error: string; description?: string } & SignInContext)
  /** The server returned an error other than a denial. */
  | ({ kind: 'error-response'; error: string; description?: string } & SignInContext)
  /**
   * An error whose state is missing, at a redirect URI that exactly one sign-in uses. Nothing proves who wrote it, so the
   * sign-in stays pending.
   */
  | ({ kind: 'unproven-error'; error: string; description?: string } & SignInContext)
  /** The context is missing if the response could not be matched to a sign-in. */
  | ({ kind: 'invalid-response'; reason: InvalidResponseReason } & Partial<SignInContext>)
  /** `actual` is missing if the response names no issuer. */
  | ({ kind: 'issuer-mismatch'; expected: string; actual?: string } & Omit<SignInContext, 'returnTo'>)
  /** The user who signed in is not the connection's user. Nothing is stored until the user decides (UI-4). */
  | ({
      kind: 'account-mismatch';
      connectionId: string;
      expected: Identity;
      /** The user who signed in; missing if the server does not identify them. */
      actual?: Identity;
      /** Stores the grant as a separate connection, or asks the server to revoke it. Must be called once. */
      decide(choice: AccountMismatchChoice): Promise<SignInOutcome>;
    } & SignInContext)
  /** The user chose to discard the other user's sign-in. */
  | ({ kind: 'discarded' } & SignInContext)
  | ({ kind: 'failed' } & SignInContext & SignInFailure);

/** A returning sign-in as the UI observes it. */
export type SignInProgress =
  | { kind: 'working'; service?: ServiceReference; stages: readonly { stage: SignInStage; at: number }[] }
  | { kind: 'done'; outcome: SignInOutcome }
  /** An unexpected error of the app itself. */
  | { kind: 'broken'; error: unknown };
