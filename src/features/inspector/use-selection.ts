import { useCallback, useState } from 'react';

import type { Trace } from '#trace/event.ts';

import type { InspectorLocation } from './inspector-location.ts';
import type { Flow, Step } from './model/flow.ts';
import { failedStepOf } from './model/outcome.ts';

export interface Selection {
  flow: Flow | undefined;
  step: Step | undefined;
  selectFlow: (flow: string) => void;
  selectStep: (step: Step) => void;
  /** Goes along with what happens, as before anything was chosen. */
  follow: () => void;
}

/**
 * The flow and the step that are looked at. Until a person chooses, they are what happens now: the held flow or else the newest,
 * and the step it failed by or else its last. `named`: what the address names: to come to another one is to choose.
 */
export function useSelection(
  flows: readonly Flow[],
  paused: string | undefined,
  bodyOf: Trace['bodyOf'],
  named: InspectorLocation['at'],
): Selection {
  const [chosen, setChosen] = useState(named);
  const [seen, setSeen] = useState(named);
  if (seen.flow !== named.flow || seen.step !== named.step) {
    setSeen(named);
    // Gone back from a step, it is still the one that was looked at.
    if (named.step !== undefined || (named.flow !== undefined && named.flow !== chosen.flow)) setChosen(named);
  }
  const byId = (id: string | undefined): Flow | undefined => flows.find((flow) => flow.id === id);
  const flow = byId(chosen.flow) ?? byId(paused) ?? flows[0];
  const step =
    flow?.steps.find(({ event }) => event.id === chosen.step) ??
    (flow && failedStepOf(flow, bodyOf)) ??
    flow?.steps.at(-1);
  return {
    flow,
    step,
    selectFlow: useCallback((id) => setChosen((before) => (before.flow === id ? before : { flow: id })), []),
    selectStep: useCallback(
      ({ event }) => setChosen((before) => (before.step === event.id ? before : { flow: event.flow, step: event.id })),
      [],
    ),
    follow: () => setChosen({}),
  };
}
