import { createObservable, type Observable } from '#lib/observable.ts';
import { OAuthError } from '#oauth/errors.ts';

import { trustedWorkerUrl } from './trusted-types.ts';

/**
 * The reason no worker runs: the page was loaded over plain http (`insecure`), the browser blocks this site's data and therefore
 * its workers (`blocked`), or the browser has no service workers in this window or could not start ours (`missing`).
 */
export type WorkerAbsence = 'insecure' | 'blocked' | 'missing';

/** The startup state of the worker. */
export type WorkerState = 'starting' | 'ready' | WorkerAbsence;

/** The service worker, which also runs the demo network, as this page sees it. */
export interface WorkerControl {
  state: Observable<WorkerState>;
  /** Resolves when the worker handles this page's requests, or when it is certain that it never will. */
  settled: Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** Registers the worker and makes it control this page, even after a hard reload. */
export function startWorker(appUrl: string): WorkerControl {
  const state = createObservable<WorkerState>(isControlled() ? 'ready' : 'starting');
  const settled = gainControl(appUrl).then(
    () => state.set('ready'),
    (error: unknown) => state.set(isControlled() ? 'ready' : absenceFor(error)),
  );
  // If the worker takes control after the timeout, accept it.
  if (isSupported()) {
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (isControlled()) state.set('ready');
    });
  }
  void settled.then(cacheAppWhenIdle);
  return { state, settled };
}

/** By then the first screen is rendered and a returning sign-in has its tokens. */
const CACHE_DELAY_MS = 3_000;

/** Asks the worker to cache the app's files when the page is idle, so that caching delays neither a screen nor a sign-in. */
function cacheAppWhenIdle(): void {
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  const ask = (): void => void whenIdle(() => navigator.serviceWorker?.controller?.postMessage('keep-app'));
  setTimeout(ask, CACHE_DELAY_MS);
}

/**
 * Resolves when the worker handles this page's requests.
 * @throws OAuthError `worker-unavailable` if it never will; the abort reason of `signal` if it is aborted
 */
export async function workerReady(worker: WorkerControl, signal?: AbortSignal): Promise<void> {
  await Promise.race([worker.settled, aborted(signal)]);
  if (worker.state.get() !== 'ready')
    throw new OAuthError('worker-unavailable', 'the worker does not run in this window');
}

/** Throws the abort reason of `signal` once it is aborted. */
async function aborted(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  signal?.throwIfAborted();
}

/** Service workers are unavailable in insecure contexts and in some private windows. */
const isSupported = (): boolean => 'serviceWorker' in navigator;
const isControlled = (): boolean => isSupported() && navigator.serviceWorker.controller !== null;

/** Maps the registration error to a reason. When blocked, Firefox throws a SecurityError and Chromium a NotSupportedError. */
function absenceFor(error: unknown): WorkerAbsence {
  if (!isSecureContext) return 'insecure';
  return error instanceof DOMException && /^(Security|NotSupported)Error$/.test(error.name) ? 'blocked' : 'missing';
}

async function gainControl(appUrl: string): Promise<void> {
  if (!isSupported()) throw new Error('no service workers here');
  const { serviceWorker } = navigator;
  const workerUrl = new URL('worker.js', appUrl).href;
  const registered = serviceWorker.register(trustedWorkerUrl(workerUrl), { scope: appUrl, updateViaCache: 'none' });
  // A controlling worker handles requests already; do not wait for the update check, and ignore its failure.
  if (isControlled()) return void registered.catch(() => undefined);
  await within(registered, TIMEOUT_MS);
  const { active } = await within(serviceWorker.ready, TIMEOUT_MS);
  const control = controlled();
  // After a hard reload the page stays uncontrolled, so ask the active worker to claim it.
  active?.postMessage('claim');
  await within(control, TIMEOUT_MS);
}

/**
 * Resolves once a worker controls this page. Relies on `controllerchange` only: a message from the worker that it has claimed its
 * clients can arrive before the browser has updated this page's controller.
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
