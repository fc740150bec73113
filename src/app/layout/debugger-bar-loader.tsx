import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';

import type { Gate } from '#trace/gate.ts';

/** Shows the bar while somebody goes step by step, on every screen but the inspector. Its script is loaded then. */
export function Stepping({ gate }: { gate: Gate }) {
  const { pathname } = useLocation();
  const { kind } = useSyncExternalStore(gate.subscribe, gate.state);
  if (kind === 'open' || pathname === '/inspector') return null;
  return (
    <Suspense>
      <StepBar gate={gate} />
    </Suspense>
  );
}

const StepBar = lazy(async () => {
  const loadChunk = await import('./debugger-bar.tsx').catch(() => undefined);
  return { default: loadChunk?.StepBar ?? LetGo };
});

/** Where the bar can't be loaded, nobody could let the steps go on. */
function LetGo({ gate }: { gate: Gate }) {
  queueMicrotask(() => gate.setStepping(false));
  return null;
}
