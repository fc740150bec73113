import { lazy } from '#lib/lazy.ts';
import { openBroadcast } from '#storage/change-channel.ts';
import type { Recorder } from '#trace/recorder.ts';
import { forgetSecrets } from '#trace/secret-registry.ts';

/**
 * One channel object both sends and receives, because it does not receive its own messages: the tab that erases must not react to
 * its own message and leave before it has finished.
 */
const channel = lazy(() => openBroadcast('erase'));

/** Tells the other tabs that everything is erased; otherwise they would write back what they hold in memory. */
export function announceErased(): void {
  channel()?.postMessage('erased');
}

/** Erases this tab's own data and calls `leave` when another tab erases everything. */
export function onErasedElsewhere(recorder: Recorder, leave: () => void): void {
  channel()?.addEventListener('message', () => {
    eraseTab(recorder);
    leave();
  });
}

/** Erases what belongs to this tab alone: its trace, the registered secrets that mask it, and pending sign-ins. */
export function eraseTab(recorder: Recorder): void {
  recorder.clear();
  forgetSecrets();
  try {
    sessionStorage.clear();
  } catch {
    // Blocked, so it is empty.
  }
}
