import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '#app/app.tsx';
import type { Foundation } from '#app/foundation.ts';
import { onErasedElsewhere } from '#app/erased-elsewhere.ts';
import { openPreferences } from '#app/preferences.ts';
import type { ReturningSignIn } from '#app/returning-sign-in.ts';
import { createServices } from '#app/services.ts';
import { appUrl } from '#base.ts';

import '#ui/tokens.css';
import '#ui/base.css';

/** Puts the app on the page. */
export function mount(foundation: Foundation, signIn: ReturningSignIn | undefined): void {
  const root = document.querySelector('#root');
  if (!root) throw new Error('index.html has no #root');
  const services = createServices(foundation, signIn);
  void services.connections.ready.then(() => services.publisher.resume());
  onErasedElsewhere(services.recorder, () => location.replace(appUrl));
  const preferences = openPreferences();
  createRoot(root).render(
    <StrictMode>
      <App services={services} preferences={preferences} signIn={signIn} />
    </StrictMode>,
  );
}
