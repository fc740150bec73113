import type { SignInFailure } from '#connections/failure.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import type { UnusableReason } from '#oauth/callback.ts';
import type { Identity } from '#oauth/identity.ts';
import type { StepUpChallenge } from '#oauth/step-up-challenge.ts';

/** How far a returning sign-in has come; each stage includes those before it. */
export type SignInStage = 'received' | 'matched' | 'exchanging' | 'identifying';

/** Why a response was not acted upon. Nothing was sent and nothing changed (CB-3). */
export type RefusedReason =
  | UnusableReason
  /** This tab has no sign-in with that state: begun elsewhere, or an address that someone made up. */
  | 'unknown-state'
  /** The person was away for longer than a sign-in may take. */
  | 'expired-state'
  /** The response was used before: a reload, Back, or a copied tab (CB-8). */
  | 'already-used'
  /** It came to another address than the one this sign-in was given (CB-6). */
  | 'wrong-redirect-uri';

/** What to do with a sign-in that turned out to be another person's. */
export type AccountMismatchChoice = 'keep-both' | 'discard';

/** What a sign-in was for: enough to begin it once more. */
export interface SignInContext {
  service: ServiceReference;
  returnTo: string;
  scope?: readonly string[];
  /** The connection that it was to renew; none for a new one. */
  connectionId?: string;
  /** The post that waits for what was asked for. */
  resumes?: string;
  /** How the person had to sign in (API-8). */
  authentication?: StepUpChallenge;
}

/** What came of an authorization response. */
export type SignInOutcome =
  /** `named`: resolves when the account's name is stored too, where the server is still being asked for it. */
  | ({ kind: 'connected'; connectionId: string; named?: Promise<void> } & SignInContext)
  | ({ kind: 'denied'; error: string; description?: string } & SignInContext)
  /** The server answered with an error other than a denial. */
  | ({ kind: 'error-response'; error: string; description?: string } & SignInContext)
  /** Without a purpose where it is not known which sign-in was answered. */
  | ({ kind: 'refused'; reason: RefusedReason } & Partial<SignInContext>)
  | ({ kind: 'issuer-mismatch'; expected: string; actual: string } & Omit<SignInContext, 'returnTo'>)
  /** Someone else signed in than the connection's person. Nothing is stored until somebody decides (UI-4). */
  | ({
      kind: 'account-mismatch';
      connectionId: string;
      expected: Identity;
      /** Missing: the server does not say who signed in. */
      actual?: Identity;
      /** Stores it as a connection of its own, or asks the server to revoke it. To be called once. */
      decide(choice: AccountMismatchChoice): Promise<SignInOutcome>;
    } & SignInContext)
  /** The other person's sign-in was thrown away, as the person wished. */
  | ({ kind: 'discarded' } & SignInContext)
  | ({ kind: 'failed' } & SignInContext & SignInFailure);

/** A returning sign-in as a screen follows it. */
export type SignInProgress =
  | { kind: 'working'; service?: ServiceReference; stages: readonly { stage: SignInStage; at: number }[] }
  | { kind: 'done'; outcome: SignInOutcome }
  /** A fault of the app itself. */
  | { kind: 'broken'; error: unknown };
