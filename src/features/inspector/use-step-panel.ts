import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

import type { InspectorLocation } from './inspector-location.ts';
import type { Step } from './model/flow.ts';
import type { Selection } from './use-selection.ts';

export interface Opening {
  /** Where flows, steps and the selected step are. */
  panes: RefObject<HTMLDivElement | null>;
  /** The title of the selected step. */
  heading: RefObject<HTMLHeadingElement | null>;
  /** Whether the selected step is a view of its own, where there is room for no more. */
  isOpened: boolean;
  open: (step: Step, byKeyboard: boolean) => void;
  /** From the selected step to its place among the steps. */
  back: () => void;
  /** To a step beside the selected one. */
  goTo: (step: Step | undefined) => void;
}

/** The ways between the steps and the selected one, with the focus. On phones that is a view of its own, with an address. */
export function useStepPanel({ flow, selectStep }: Selection, { at, onStep, onClose }: InspectorLocation): Opening {
  const panes = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [entered, setEntered] = useState<object>();
  // An address may name what this tab has not recorded, or has given up.
  const opened = flow?.id === at.flow ? at.step : undefined;
  const isOpened = opened !== undefined;
  useEffect(() => {
    if (entered) heading.current?.focus();
  }, [entered]);
  useEffect(() => {
    if (opened === undefined || !isNarrow()) return undefined;
    const within = panes.current;
    heading.current?.focus();
    return () => selectedButton(within)?.focus();
  }, [opened]);
  const open = useCallback(
    (step: Step, byKeyboard: boolean) => {
      selectStep(step);
      // An address that names a step names this one now.
      if (isOpened || isNarrow()) onStep(step.event.flow, step.event.id);
      if (byKeyboard && !isNarrow()) setEntered({});
    },
    [selectStep, onStep, isOpened],
  );
  const back = (): void => {
    if (isOpened) onClose();
    selectedButton(panes.current)?.focus();
  };
  const goTo = (step: Step | undefined): void => {
    if (!step) return;
    selectStep(step);
    if (isOpened) onStep(step.event.flow, step.event.id);
    if (!isOpened || !isNarrow()) stepButton(panes.current, step.event.id)?.focus();
  };
  return { panes, heading, isOpened, open, back, goTo };
}

/** Whether flows, steps and the selected step do not stand beside each other. */
export const isNarrow = (): boolean => matchMedia('(max-width: 820px)').matches;

/** The button of a step among the others. */
export function stepButton(within: HTMLElement | null, id: number | undefined): HTMLElement | null | undefined {
  return within?.querySelector<HTMLElement>(`[data-step="${id}"]`);
}

function selectedButton(within: HTMLElement | null): HTMLElement | null | undefined {
  return within?.querySelector<HTMLElement>('[data-step][aria-current]');
}
