import type { UnusableReason } from '#oauth/callback.ts';

import type { SignInFault } from './errors.ts';
import type { ServiceReference } from './service.ts';

/** How far a returning sign-in has come; each stage includes those before it. */
export type SignInStage = 'received' | 'matched' | 'exchanging' | 'identifying';

/** Why a response was not acted upon. Nothing was sent and nothing changed (CB-3). */
export type RefusedReason =
  | UnusableReason
  /** This tab has no sign-in with that state: begun elsewhere, or an address that someone made up. */
  | 'unknown-state'
  /** The response was redeemed before: a reload, Back, or a copied tab (CB-8). */
  | 'already-used'
  /** It came to another address than the one this sign-in was given (CB-6). */
  | 'wrong-redirect-uri';

/** What came of an authorization response. */
export type SignInOutcome =
  | { kind: 'connected'; connectionId: string; service: ServiceReference; returnTo: string }
  | { kind: 'denied'; service: ServiceReference; returnTo: string; error: string; description?: string }
  /** The server answered with an error other than a denial. */
  | { kind: 'server-said-no'; service: ServiceReference; returnTo: string; error: string; description?: string }
  | { kind: 'refused'; reason: RefusedReason; service?: ServiceReference }
  | { kind: 'issuer-mismatch'; service: ServiceReference; expected: string; actual: string }
  | { kind: 'failed'; service: ServiceReference; returnTo: string; code: SignInFault; serverError?: string };

/** A returning sign-in as a screen follows it. */
export type SignInProgress =
  | { kind: 'working'; service?: ServiceReference; stages: readonly { stage: SignInStage; at: number }[] }
  | { kind: 'done'; outcome: SignInOutcome }
  /** A fault of the app itself. */
  | { kind: 'broken'; error: unknown };
