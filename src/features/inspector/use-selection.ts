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
  /** Clears the user's choice, so that the selection follows new events again. */
  follow: () => void;
}

/**
 * Returns the selected flow and step. Until the user chooses, they follow new events: the paused flow or else the newest, and its
 * failed step or else its last. `named`: the flow and step in the URL; navigating to another one counts as a choice.
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
    // After Back from a step, that step stays selected.
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
