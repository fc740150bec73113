import { OAuthError } from '#oauth/errors.ts';
import { createObservable, type Observable } from '#storage/observable.ts';

import { trustedWorkerUrl } from './trusted-types.ts';

/**
 * Why no worker runs here: the page came over plain http (`insecure`), the browser blocks the data of this site and its workers
 * with it (`blocked`), or it has no service workers in this window or could not start ours (`missing`).
 */
export type WorkerAbsence = 'insecure' | 'blocked' | 'missing';

/** How far the worker is. */
export type WorkerState = 'starting' | 'ready' | WorkerAbsence;

/** The service worker, in which the demo network lives, as this page sees it. */
export interface WorkerControl {
  state: Observable<WorkerState>;
  /** Resolves when the worker answers this page's requests, or when it is certain that it will not. */
  settled: Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** Registers the worker and sees to it that it controls this page, after a hard reload too. */
export function startWorker(appUrl: string): WorkerControl {
  const state = createObservable<WorkerState>(isControlled() ? 'ready' : 'starting');
  const settled = gainControl(appUrl).then(
    () => state.set('ready'),
    (error: unknown) => state.set(isControlled() ? 'ready' : absenceFor(error)),
  );
  // One that takes longer than anybody is patient for is welcome all the same.
  if (isSupported()) {
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (isControlled()) state.set('ready');
    });
  }
  void settled.then(keepAppWhenIdle);
  return { state, settled };
}

/** By then a first screen is there, and a sign-in that came back has its tokens. */
const KEEP_AFTER_MS = 3_000;

/** The files of the app are kept once everything else is done: nobody waits for a screen or a sign-in because of it. */
function keepAppWhenIdle(): void {
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  const ask = (): void => void whenIdle(() => navigator.serviceWorker?.controller?.postMessage('keep-app'));
  setTimeout(ask, KEEP_AFTER_MS);
}

/**
 * Resolves when the worker answers this page's requests.
 * @throws OAuthError `not-running` when it never will; what `signal` was aborted with
 */
export async function workerReady(worker: WorkerControl, signal?: AbortSignal): Promise<void> {
  await Promise.race([worker.settled, aborted(signal)]);
  if (worker.state.get() !== 'ready') throw new OAuthError('not-running', 'the worker does not run in this window');
}

/** Throws what `signal` was aborted with, when it is. */
async function aborted(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  signal?.throwIfAborted();
}

/** Service workers are missing where the context is not secure, and in some private windows. */
const isSupported = (): boolean => 'serviceWorker' in navigator;
const isControlled = (): boolean => isSupported() && navigator.serviceWorker.controller !== null;

/** Tells why no worker came from the error that registering it failed with: Firefox says SecurityError, Chromium NotSupportedError. */
function absenceFor(error: unknown): WorkerAbsence {
  if (!isSecureContext) return 'insecure';
  return error instanceof DOMException && /^(Security|NotSupported)Error$/.test(error.name) ? 'blocked' : 'missing';
}

async function gainControl(appUrl: string): Promise<void> {
  if (!isSupported()) throw new Error('no service workers here');
  const { serviceWorker } = navigator;
  const workerUrl = new URL('worker.js', appUrl).href;
  const registered = serviceWorker.register(trustedWorkerUrl(workerUrl), { scope: appUrl, updateViaCache: 'none' });
  // A worker in control answers already; a failed look for a newer one is no reason to wait or to do without it.
  if (isControlled()) return void registered.catch(() => undefined);
  await within(registered, TIMEOUT_MS);
  const { active } = await within(serviceWorker.ready, TIMEOUT_MS);
  const control = controlled();
  // After a hard reload no control comes by itself: the active worker is asked to claim the page.
  active?.postMessage('claim');
  await within(control, TIMEOUT_MS);
}

/**
 * Resolves once a worker controls this page. Only this event tells: a worker's own word that it has claimed its pages can
 * arrive before the browser has told this one.
 */
function controlled(): Promise<void> {
  return new Promise((resolve) => {
    if (isControlled()) resolve();
    else navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
  });
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, ms, new Error('the worker did not respond in time'));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
