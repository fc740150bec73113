import { openBroadcast } from '#storage/change-channel.ts';
import type { Recorder } from '#trace/recorder.ts';
import { forgetSecrets } from '#trace/secret-registry.ts';

/** One for both directions: what it sends it does not hear itself, and the tab that erases must not leave before it has. */
let channel: BroadcastChannel | undefined;
const openChannel = (): BroadcastChannel | undefined => (channel ??= openBroadcast('erase'));

/** Tells the other tabs that everything is erased: what they hold in memory would else be written down again. */
export function announceErased(): void {
  openChannel()?.postMessage('erased');
}

/** When another tab erases everything, erases what is this tab's and calls `leave`. */
export function onErasedElsewhere(recorder: Recorder, leave: () => void): void {
  openChannel()?.addEventListener('message', () => {
    eraseTab(recorder);
    leave();
  });
}

/** Erases what belongs to this tab alone: its trace with the secrets that are masked in it, and sign-ins on their way. */
export function eraseTab(recorder: Recorder): void {
  recorder.clear();
  forgetSecrets();
  try {
    sessionStorage.clear();
  } catch {
    // Blocked: then there is nothing in it.
  }
}
