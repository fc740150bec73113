import { createObservable, type Observable } from '#storage/observable.ts';

/**
 * `none`: this page is of the newest version that is here. `ready`: a newer one is complete and waits. `replaced`: it was taken
 * in from another tab, and this page is of the older one.
 */
export type UpdateState = 'none' | 'ready' | 'replaced';

/** A newer version of the app, as this page sees it. */
export interface AppUpdate {
  state: Observable<UpdateState>;
  /** Takes it in: the page is loaded anew. */
  apply(): void;
}

/** Browsers look by themselves at each navigation, of which a page that stays open has none. */
const POLL_MS = 60 * 60 * 1000;

/** Watches the worker's registration for a newer version. */
export function watchForUpdate(now: () => number): AppUpdate {
  const state = createObservable<UpdateState>('none');
  let waiting: ServiceWorker | undefined;
  let isWanted = false;
  if (!('serviceWorker' in navigator)) return { state, apply: () => undefined };
  const { serviceWorker } = navigator;

  const offer = (worker: ServiceWorker | null): void => {
    // Without a controller it is the first one, which does not wait.
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
    // The look that came with this page may have found one before it listened.
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    let lookedAt = now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || now() - lookedAt < POLL_MS) return;
      lookedAt = now();
      // Offline, or a host that is down: the next look will do.
      registration.update().catch(() => undefined);
    });
  };
  // Firefox rejects while it blocks a site's data: no worker runs then, and no newer version waits.
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
