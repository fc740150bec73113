import { useMemo, useState, useSyncExternalStore } from 'react';

import type { AppContext } from '#app/composition/app-context.ts';
import { revealSecret } from '#app/composition/reveal-secret.ts';
import { BIRDSONG, isAvailable } from '#features/connections/worker-state.ts';
import { TraceScreen, type TraceScreenProps } from '#features/inspector/trace-screen.tsx';
import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace } from '#trace/event.ts';
import { currentTrace } from '#trace/import/legacy-names.ts';

import { onceAFrame } from './throttle-to-frame.ts';
import { openTrace, saveTrace } from './trace-files.ts';
import { useAttackDemos } from './use-attack-demos.ts';
import { useInspectorLocation } from './use-inspector-location.ts';
import { useServiceCatalog } from './use-service-catalog.ts';
import { useSignIn } from './use-sign-in.ts';

/** Shows this tab's network trace, or a trace from a file. */
export function InspectorRoute({ app }: { app: AppContext }) {
  const [imported, setImported] = useState<{ name: string; trace: Trace }>();
  const own = useOwnTrace(app);
  const inspectorLocation = useInspectorLocation();
  const { trace } = imported ?? own;
  const open = async (file: File): Promise<void> => {
    const opened = await openTrace(file);
    if (opened.kind === 'rejected') return app.toasts.show(inspectorExport.rejected[opened.why]);
    setImported({ name: file.name, trace: opened.trace });
    if (opened.dropped > 0) app.toasts.show(inspectorExport.dropped(opened.dropped));
  };
  return (
    <TraceScreen
      {...(imported
        ? { trace: imported.trace, imported: { name: imported.name, onClose: () => setImported(undefined) } }
        : own)}
      actions={{
        ...(!imported && own.actions),
        onExport: (kind) => saveTrace(trace, kind, app.now()),
        onImport: (file) => void open(file),
      }}
      inspectorLocation={inspectorLocation}
      // A selection in one trace does not apply to the other.
      key={imported ? 'imported' : 'own'}
    />
  );
}

/** Returns the trace recorded in this tab, and the actions on it. */
function useOwnTrace(app: AppContext): TraceScreenProps {
  const { recorder, stepper } = app;
  const subscribe = useMemo(() => onceAFrame(recorder.subscribe), [recorder]);
  const events = useSyncExternalStore(subscribe, recorder.events);
  const trace = useMemo(() => currentTrace({ events, bodyOf: recorder.bodyOf }), [events, recorder]);
  const gateState = useSyncExternalStore(stepper.subscribe, stepper.state);
  const { connect, connectOnConnections } = useSignIn(app);
  const workerState = useSyncExternalStore(app.worker.state.subscribe, app.worker.state.get);
  const catalog = useServiceCatalog(app)?.services;
  const first = catalog?.find((service) => isAvailable(service, workerState));
  const demos = useAttackDemos(app);
  const hasDemoNetwork = catalog?.some((service) => service.id === BIRDSONG && isAvailable(service, workerState));
  return {
    trace,
    stepper: { state: gateState, onStepping: stepper.setStepping, onNext: stepper.next },
    actions: {
      onClear: recorder.clear,
      onReveal: (event, _name, masked) => Promise.resolve(revealSecret(app.connections, event, masked)),
    },
    demos: hasDemoNetwork ? demos : undefined,
    onConnect:
      first &&
      // A user who is stepping through requests stays in the inspector.
      (() =>
        gateState.kind === 'stepping' ? connect(first.id, { returnTo: '/inspector' }) : connectOnConnections(first.id)),
  };
}
