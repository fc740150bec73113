import type { SignInFailure } from '#connections/failure.ts';

/** The progress of a sign-in until the page navigates to the service. */
export type SignInAttempt =
  | { kind: 'idle' }
  | { kind: 'working'; serviceId: string; connectionId?: string }
  | ({ kind: 'failed'; serviceId: string; connectionId?: string } & SignInFailure);
