import { finishSignIn, type CapturedResponse } from '#connections/finish-sign-in.ts';
import type { SignInProgress, SignInStage } from '#connections/sign-in-outcome.ts';
import type { ServiceReference } from '#connections/service.ts';

import type { Foundation } from './foundation.ts';

/** A sign-in on its way back, for a screen to follow. */
export interface ReturningSignIn {
  progress(): SignInProgress;
  subscribe(listener: () => void): () => void;
  /** Resolves when the token request has left, or when there will be none. */
  requestLeft: Promise<void>;
  finished: Promise<void>;
}

/** Begins to finish the sign-in that `captured` answers; it goes on by itself. */
export function followSignIn(
  { wire, vault, pending, usedStates, worker }: Foundation,
  captured: CapturedResponse,
): ReturningSignIn {
  let progress: SignInProgress = { kind: 'working', stages: [] };
  const listeners = new Set<() => void>();
  const { promise: requestLeft, resolve: requestHasLeft } = Promise.withResolvers<void>();
  const become = (next: SignInProgress): void => {
    progress = next;
    for (const listener of listeners) listener();
  };
  const onStage = (stage: SignInStage, service?: ServiceReference): void => {
    if (progress.kind !== 'working') return;
    const stages = [...progress.stages, { stage, at: wire.now() }];
    become({ kind: 'working', stages, ...(service && { service }) });
    if (stage === 'exchanging') queueMicrotask(requestHasLeft);
  };
  const finished = finishSignIn(
    { wire, vault, pending, usedStates, onStage, whenReachable: () => worker.settled },
    captured,
  )
    .then(
      (outcome) => become({ kind: 'done', outcome }),
      (error: unknown) => become({ kind: 'broken', error }),
    )
    .finally(requestHasLeft);
  return {
    progress: () => progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    requestLeft,
    finished,
  };
}
