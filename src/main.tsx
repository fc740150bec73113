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

/** What is kept is mostly read sooner. Then the start is drawn once, and nothing on it changes its place. */
const READING_MS = 300;

/** Puts the app on the page, a task for each step: together they would keep a phone from answering. */
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
  // What a sign-in has come to is shown at once, whatever else there is.
  if (signIn) return draw();
  await Promise.race([services.ready, new Promise((resolve) => setTimeout(resolve, READING_MS))]);
  // A transition is drawn in slices, between which the browser answers.
  startTransition(draw);
}
