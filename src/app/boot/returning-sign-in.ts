import { workerReady } from '#app/service-worker/registration.ts';
import type { ServiceReference } from '#connections/services/service.ts';
import { handleCallback, type CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import type {
  AccountMismatchChoice,
  SignInOutcome,
  SignInProgress,
  SignInStage,
} from '#connections/sign-in/sign-in-outcome.ts';
import { createObservable, type Observable } from '#lib/observable.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';
import { OAuthError } from '#oauth/errors.ts';

import type { Platform } from './platform.ts';

type ConnectedSignIn = Extract<SignInOutcome, { kind: 'connected' }>;

/** A sign-in that has returned from the server and is being completed, for a screen to follow. */
export interface ReturningSignIn {
  progress: Observable<SignInProgress>;
  /** Resolves when the token request has been sent, or when there will be none. */
  requestSent: Promise<void>;
  /** The flow of the attack demo that started the sign-in. */
  demoFlow?: string;
  /** Resolves to the new connection; undefined if the sign-in failed. */
  connected: Promise<ConnectedSignIn | undefined>;
  /** Aborts the pending requests; nothing is stored. */
  cancel(): void;
  /** Applies the user's choice for a sign-in to a different account. */
  decide(choice: AccountMismatchChoice): Promise<void>;
}

/** Starts completing the sign-in that `captured` responds to, without waiting for it. */
export function trackSignIn(
  { http, vault, pending, consumedStates, finishing, worker, lock }: Platform,
  captured: CapturedResponse,
): ReturningSignIn {
  const progress = createObservable<SignInProgress>({ kind: 'working', stages: [] });
  let requestHasLeft = (): void => undefined;
  let settle = (_connected: ConnectedSignIn | undefined): void => undefined;
  const requestSent = new Promise<void>((resolve) => (requestHasLeft = resolve));
  const connected = new Promise<ConnectedSignIn | undefined>((resolve) => (settle = resolve));
  const controller = new AbortController();
  const onStage = (stage: SignInStage, service?: ServiceReference): void => {
    if (stage === 'exchanging') requestHasLeft();
    if (stage === 'exchanging' && service) finishing.mark(service);
    const now = progress.get();
    if (now.kind !== 'working') return;
    const stages = [...now.stages, { stage, at: http.now() }];
    progress.set(omitUndefined({ kind: 'working', stages, service }));
  };
  /** Awaits a task and publishes its outcome. An account mismatch is settled only after the user has chosen. */
  const follow = async (task: Promise<SignInOutcome>): Promise<void> => {
    try {
      const outcome = await task;
      // A browser also reports a request as failed that its own reload interrupted.
      if (outcome.kind !== 'failed' || outcome.code !== 'unreachable') finishing.clear();
      progress.set({ kind: 'done', outcome });
      if (outcome.kind !== 'account-mismatch') settle(outcome.kind === 'connected' ? outcome : undefined);
    } catch (error) {
      progress.set({ kind: 'broken', error });
      settle(undefined);
    }
  };
  const deps = { http, vault, pending, consumedStates, lock, onStage, signal: controller.signal };
  // Only the demo network needs the worker: it is the only service on this origin.
  const whenReachable = async ({ resource }: ServiceReference): Promise<void> => {
    if (new URL(resource).origin !== location.origin) return;
    await workerReady(worker, controller.signal).catch((error: unknown) => {
      throw controller.signal.aborted ? new OAuthError('cancelled', 'cancelled before the worker was there') : error;
    });
  };
  const finished = handleCallback({ ...deps, whenReachable }, captured).finally(() => {
    requestHasLeft();
  });
  void follow(finished);
  // If the user leaves without choosing, revoke the grant so it is not orphaned.
  addEventListener('pagehide', ({ persisted }) => {
    const now = progress.get();
    if (!persisted && now.kind === 'done' && now.outcome.kind === 'account-mismatch')
      void now.outcome.decide('discard');
  });
  return {
    progress,
    requestSent,
    connected,
    cancel: () => controller.abort(),
    async decide(choice) {
      const now = progress.get();
      if (now.kind === 'done' && now.outcome.kind === 'account-mismatch') await follow(now.outcome.decide(choice));
    },
  };
}
