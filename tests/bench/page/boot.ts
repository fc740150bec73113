/** Replaces src/boot.ts in the bench page: the same steps from the callback to the token request, without screens. */
import { capturedResponse } from '#app/boot/captured-response.ts'; // First, as there, because it acts when it is evaluated (CB-1).

import '#app/boot/captured-logout.ts';
import { createPlatform } from '#app/boot/platform.ts';
import { trackSignIn } from '#app/boot/returning-sign-in.ts';

import type { BenchPeer } from './settings.ts';

const platform = createPlatform();
const signIn = capturedResponse && trackSignIn(platform, capturedResponse);
const client = (async () => {
  await signIn?.requestSent;
  const { createClient } = await import('./client.ts');
  return createClient(platform);
})();

/** Waits for the sign-in to end, and loads the new connection. */
async function becomeReady(): Promise<void> {
  const connected = await signIn?.connected;
  if (signIn && !connected) throw new Error(`the sign-in came to nothing: ${JSON.stringify(signIn.progress.get())}`);
  if (connected) peer.signedInAt = performance.now();
  await (await client).begin(connected?.connectionId);
}

const peer: BenchPeer = {
  ready: Promise.resolve().then(becomeReady),
  signIn: async () => (await client).signIn(),
  api: async (path) => (await client).api(path),
  eventSizes: () => platform.http.recorder.events().map((event) => JSON.stringify(event).length),
};
peer.ready.catch((error: unknown) => (peer.error = String(error)));
window.peer = peer;
