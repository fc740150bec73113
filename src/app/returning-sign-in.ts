import { finishSignIn, type CapturedResponse } from '#connections/finish-sign-in.ts';
import type { SignInProgress, SignInStage } from '#connections/sign-in-outcome.ts';
import type { ServiceReference } from '#connections/service.ts';
import { createObservable, type Observable } from '#storage/observable.ts';

import type { Foundation } from './foundation.ts';

/** A sign-in on its way back, for a screen to follow. */
export interface ReturningSignIn {
  progress: Observable<SignInProgress>;
  /** Resolves when the token request has left, or when there will be none. */
  requestLeft: Promise<void>;
  /** The connection's id, once there is one; undefined when the sign-in came to nothing. */
  connected: Promise<string | undefined>;
}

/** Begins to finish the sign-in that `captured` answers; it goes on by itself. */
export function followSignIn(
  { wire, vault, pending, usedStates, worker, lock }: Foundation,
  captured: CapturedResponse,
): ReturningSignIn {
  const progress = createObservable<SignInProgress>({ kind: 'working', stages: [] });
  const { promise: requestLeft, resolve: requestHasLeft } = Promise.withResolvers<void>();
  const onStage = (stage: SignInStage, service?: ServiceReference): void => {
    const now = progress.get();
    if (now.kind !== 'working') return;
    const stages = [...now.stages, { stage, at: wire.now() }];
    progress.set({ kind: 'working', stages, ...(service && { service }) });
  };
  // The trace hears of a request in the very moment before it is sent.
  const stopListening = wire.recorder.subscribe(() => {
    const last = wire.recorder.events().at(-1);
    if (last?.type === 'request' && last.step === 'token-exchange') requestHasLeft();
  });
  const connected = finishSignIn(
    { wire, vault, pending, usedStates, lock, onStage, whenReachable: () => worker.settled },
    captured,
  )
    .then(
      (outcome) => {
        progress.set({ kind: 'done', outcome });
        return outcome.kind === 'connected' ? outcome.connectionId : undefined;
      },
      (error: unknown) => {
        progress.set({ kind: 'broken', error });
        return undefined;
      },
    )
    .finally(() => {
      stopListening();
      requestHasLeft();
    });
  return { progress, requestLeft, connected };
}
