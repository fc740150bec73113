import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';

import type { StepDebugger } from '#trace/step-debugger.ts';

/** Shows the debugger bar while the user steps through requests, on every screen but the inspector. Loads it on demand. */
export function DebuggerBarLoader({ stepper }: { stepper: StepDebugger }) {
  const { pathname } = useLocation();
  const { kind } = useSyncExternalStore(stepper.subscribe, stepper.state);
  if (kind === 'open' || pathname === '/inspector') return null;
  return (
    <Suspense>
      <DebuggerBar stepper={stepper} />
    </Suspense>
  );
}

const DebuggerBar = lazy(async () => {
  const loaded = await import('./debugger-bar.tsx').catch(() => undefined);
  return { default: loaded?.DebuggerBar ?? ResumeAll };
});

/** Resumes all steps. Replaces a bar that cannot be loaded, because the user could not resume the steps without it. */
function ResumeAll({ stepper }: { stepper: StepDebugger }) {
  queueMicrotask(() => stepper.setStepping(false));
  return null;
}
