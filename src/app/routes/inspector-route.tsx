import { useMemo, useSyncExternalStore } from 'react';

import { canRun } from '#features/connect/worker-state.ts';
import { TraceScreen } from '#features/inspector/trace-screen.tsx';

import { onceAFrame } from '#app/once-a-frame.ts';
import type { Services } from '#app/services.ts';
import { useCatalogue } from '#app/use-catalogue.ts';
import { useSignIn } from '#app/use-sign-in.ts';

/** What happened on the wire in this tab. */
export function InspectorRoute({ services }: { services: Services }) {
  const { recorder, gate } = services;
  const subscribe = useMemo(() => onceAFrame(recorder.subscribe), [recorder]);
  const events = useSyncExternalStore(subscribe, recorder.events);
  const gateState = useSyncExternalStore(gate.subscribe, gate.state);
  const { connect, connectThere } = useSignIn(services);
  const workerState = useSyncExternalStore(services.worker.state.subscribe, services.worker.state.get);
  const first = useCatalogue(services)?.services.find((service) => canRun(service, workerState));
  return (
    <TraceScreen
      trace={{ events, bodyOf: recorder.bodyOf }}
      gate={{ state: gateState, onStepping: gate.setStepping, onNext: gate.next }}
      onClear={recorder.clear}
      {...(first && {
        // Who goes step by step looks on from here.
        onConnect: () =>
          gateState.kind === 'stepping' ? connect(first.id, { returnTo: '/inspector' }) : connectThere(first.id),
      })}
    />
  );
}
