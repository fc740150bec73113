import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '#app/app.tsx';
import type { Platform } from '#app/boot/platform.ts';
import { onErasedElsewhere } from '#app/composition/erase-broadcast.ts';
import { nextTask } from '#app/boot/next-task.ts';
import { openPreferences } from '#app/composition/preferences.ts';
import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import { createAppContext } from '#app/composition/app-context.ts';
import { appUrl } from '#base.ts';

import '#ui/tokens.css';
import '#ui/base.css';

/** Stored data usually loads faster than this. Waiting for it lets the first screen render once, without layout shifts. */
const READING_MS = 300;

/** Mounts the app, with each step in its own task: a single task would make a phone unresponsive. */
export async function mount(platform: Platform, signIn: ReturningSignIn | undefined): Promise<void> {
  const root = document.querySelector('#root');
  if (!root) throw new Error('index.html has no #root');
  await nextTask();
  const services = createAppContext(platform, signIn);
  void services.connections.ready.then(() => services.publisher.resume());
  onErasedElsewhere(services.recorder, () => location.replace(appUrl));
  const preferences = openPreferences();
  const app = (
    <StrictMode>
      <App app={services} preferences={preferences} signIn={signIn} />
    </StrictMode>
  );
  const draw = (): void => createRoot(root).render(app);
  // Show the result of a sign-in immediately, without waiting for stored data.
  if (signIn) return draw();
  await Promise.race([services.ready, new Promise((resolve) => setTimeout(resolve, READING_MS))]);
  // React renders a transition in slices, so the browser stays responsive in between.
  startTransition(draw);
}
