import { createObservable, type Observable } from '#lib/observable.ts';

/**
 * `none`: this page runs the newest version available. `ready`: a newer version is cached completely and waits. `replaced`:
 * another tab activated the newer version, and this page still runs the older one.
 */
export type UpdateState = 'none' | 'ready' | 'replaced';

/** The update status of the app, as this page sees it. */
export interface AppUpdate {
  state: Observable<UpdateState>;
  /** Activates the newer version and reloads the page. */
  apply(): void;
}

/** Browsers check for updates on each navigation, but a page that stays open never navigates. */
const POLL_MS = 60 * 60 * 1000;

/** Watches the service worker registration for a newer version. */
export function watchForUpdate(now: () => number): AppUpdate {
  const state = createObservable<UpdateState>('none');
  let waiting: ServiceWorker | undefined;
  let isWanted = false;
  if (!('serviceWorker' in navigator)) return { state, apply: () => undefined };
  const { serviceWorker } = navigator;

  const offer = (worker: ServiceWorker | null): void => {
    // Without a controller this is the first worker, which does not wait.
    if (!worker || !serviceWorker.controller) return;
    waiting = worker;
    state.set('ready');
  };
  const watch = (registration: ServiceWorkerRegistration): void => {
    const follow = (worker: ServiceWorker | null): void => {
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(registration.waiting);
      });
    };
    offer(registration.waiting);
    // The update check triggered by this page load may have found a worker before the listener was added.
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    let lookedAt = now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || now() - lookedAt < POLL_MS) return;
      lookedAt = now();
      // Offline, or the host is down: retry at the next check.
      registration.update().catch(() => undefined);
    });
  };
  // Firefox rejects `ready` while it blocks the site's data; then no worker runs and there are no updates.
  serviceWorker.ready.then(watch, () => undefined);
  let isFirst = serviceWorker.controller === null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isWanted) return location.reload();
    if (!isFirst) state.set('replaced');
    isFirst = false;
  });
  return {
    state,
    apply() {
      if (state.get() === 'replaced') return location.reload();
      isWanted = true;
      waiting?.postMessage('take-over');
    },
  };
}
