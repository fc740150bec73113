/**
 * Runs first. Takes an OAuth response off the address, starts the exchange, and only then loads the screens: what this file
 * imports is all the script that stands between a returning person and the token request.
 */
import { capturedResponse } from '#app/boot/captured-response.ts'; // first: it acts when it is evaluated (CB-1)

import '#app/boot/captured-logout.ts'; // as the next: what a provider added to the address is off it at once
import { createPlatform, type Platform } from '#app/boot/platform.ts';
import { trackSignIn, type ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';

/** A server or a disk that does not answer keeps nobody before an empty page for longer. */
const TIMEOUT_MS = 1_000;

/** This script does not wait for the document, so that no other file holds a sign-in back. */
function documentIsRead(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
}

/** One that was begun for a lesson is meddled with on its way: what does that is loaded for it alone. */
async function followed(platform: Platform, captured: CapturedResponse): Promise<ReturningSignIn> {
  const begun = platform.pending.peek(captured.parameters.get('state') ?? '');
  if (!begun?.lesson) return trackSignIn(platform, captured);
  const { tamperedSignIn } = await import('#app/attack-demos/tampered-sign-in.ts');
  return tamperedSignIn(platform, captured, begun);
}

try {
  const platform = createPlatform();
  const signIn = capturedResponse && (await followed(platform, capturedResponse));
  if (signIn) await Promise.race([signIn.requestSent, new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS))]);
  const [{ mount }] = await Promise.all([import('./main.tsx'), documentIsRead()]);
  await mount(platform, signIn);
} catch (error) {
  document.querySelector('#not-loaded')?.removeAttribute('hidden');
  throw error;
}
