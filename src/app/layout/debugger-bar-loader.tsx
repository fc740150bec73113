import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';

import type { StepDebugger } from '#trace/step-debugger.ts';

/** Shows the bar while somebody goes step by step, on every screen but the inspector. Its script is loaded then. */
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
  const loadChunk = await import('./debugger-bar.tsx').catch(() => undefined);
  return { default: loadChunk?.DebuggerBar ?? ResumeAll };
});

/** Where the bar can't be loaded, nobody could let the steps go on. */
function ResumeAll({ stepper }: { stepper: StepDebugger }) {
  queueMicrotask(() => stepper.setStepping(false));
  return null;
}
