import { useMemo, useState, useSyncExternalStore } from 'react';

import type { Services } from '#app/composition/app-context.ts';
import { liveSecret } from '#app/composition/reveal-secret.ts';
import { BIRDSONG, canRun } from '#features/connections/worker-state.ts';
import { TraceScreen, type TraceScreenProps } from '#features/inspector/trace-screen.tsx';
import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace } from '#trace/event.ts';

import { onceAFrame } from './throttle-to-frame.ts';
import { openTrace, saveTrace } from './trace-files.ts';
import { useLessons } from './use-attack-demos.ts';
import { useCatalogue } from './use-catalogue.ts';
import { useLooking } from './use-inspector-location.ts';
import { useSignIn } from './use-sign-in.ts';

/** What happened on the wire in this tab, or a trace of a file. */
export function InspectorRoute({ services }: { services: Services }) {
  const [imported, setImported] = useState<{ name: string; trace: Trace }>();
  const own = useOwnTrace(services);
  const looking = useLooking();
  const { trace } = imported ?? own;
  const open = async (file: File): Promise<void> => {
    const opened = await openTrace(file);
    if (opened.kind === 'refused') return services.toasts.show(inspectorExport.refused[opened.why]);
    setImported({ name: file.name, trace: opened.trace });
    if (opened.dropped > 0) services.toasts.show(inspectorExport.dropped(opened.dropped));
  };
  return (
    <TraceScreen
      {...(imported
        ? { trace: imported.trace, imported: { name: imported.name, onClose: () => setImported(undefined) } }
        : own)}
      onExport={(kind) => saveTrace(trace, kind, services.now())}
      onImport={(file) => void open(file)}
      looking={looking}
      // What was chosen in the one trace is not in the other.
      key={imported ? 'imported' : 'own'}
    />
  );
}

/** What this tab has recorded, and what can be done with it. */
function useOwnTrace(services: Services): TraceScreenProps {
  const { recorder, gate } = services;
  const subscribe = useMemo(() => onceAFrame(recorder.subscribe), [recorder]);
  const events = useSyncExternalStore(subscribe, recorder.events);
  const gateState = useSyncExternalStore(gate.subscribe, gate.state);
  const { connect, connectThere } = useSignIn(services);
  const workerState = useSyncExternalStore(services.worker.state.subscribe, services.worker.state.get);
  const catalogue = useCatalogue(services)?.services;
  const first = catalogue?.find((service) => canRun(service, workerState));
  const lessons = useLessons(services);
  const hasPlayground = catalogue?.some((service) => service.id === BIRDSONG && canRun(service, workerState));
  return {
    trace: { events, bodyOf: recorder.bodyOf },
    gate: { state: gateState, onStepping: gate.setStepping, onNext: gate.next },
    onClear: recorder.clear,
    onReveal: (event, _name, masked) => Promise.resolve(liveSecret(services.connections, event, masked)),
    ...(hasPlayground && { lessons }),
    ...(first && {
      // Who goes step by step looks on from here.
      onConnect: () =>
        gateState.kind === 'stepping' ? connect(first.id, { returnTo: '/inspector' }) : connectThere(first.id),
    }),
  };
}
