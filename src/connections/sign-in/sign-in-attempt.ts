import type { SignInFailure } from '#connections/failure.ts';

/** A connection being made, up to the moment the page leaves for the service. */
export type SignInAttempt =
  | { kind: 'idle' }
  | { kind: 'working'; serviceId: string; connectionId?: string }
  | ({ kind: 'failed'; serviceId: string; connectionId?: string } & SignInFailure);
