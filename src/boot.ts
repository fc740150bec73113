/**
 * Runs first. Removes an OAuth response from the page's URL, starts the code exchange, and only then loads the screens. The
 * imports of this file are all the script that must load before a returning user's token request is sent.
 */
import { capturedResponse } from '#app/boot/captured-response.ts'; // first: it takes effect when evaluated (CB-1)

import '#app/boot/captured-logout.ts'; // second: it removes a logout response from the URL when evaluated
import { createPlatform, type Platform } from '#app/boot/platform.ts';
import { trackSignIn, type ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';

/** The longest a user sees an empty page because a server or the disk does not respond. */
const TIMEOUT_MS = 1_000;

/** Resolves when the document is parsed. This script runs before that, so that no other file delays a sign-in. */
function documentIsRead(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
}

/** Tracks a returning sign-in. The code that tampers with a sign-in is loaded only if an attack demo started this one. */
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
