import { useSyncExternalStore } from 'react';

import { TraceScreen } from '#features/inspector/trace-screen.tsx';

import type { Services } from '#app/services.ts';
import { useSignIn } from '#app/use-sign-in.ts';

/** What happened on the wire in this tab. */
export function InspectorRoute({ services }: { services: Services }) {
  const { recorder } = services;
  const events = useSyncExternalStore(recorder.subscribe, recorder.events);
  const { connectThere } = useSignIn(services);
  const [first] = services.services;
  return <TraceScreen events={events} onClear={recorder.clear} onConnect={() => connectThere(first?.id)} />;
}
