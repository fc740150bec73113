import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

import type { InspectorLocation } from './inspector-location.ts';
import type { Step } from './model/flow.ts';
import type { Selection } from './use-selection.ts';

export interface Opening {
  /** The element that contains the flows, the steps and the selected step. */
  panes: RefObject<HTMLDivElement | null>;
  /** The heading of the selected step. */
  heading: RefObject<HTMLHeadingElement | null>;
  /** True if the URL names the selected step, which is then a view of its own on narrow screens. */
  isOpened: boolean;
  open: (step: Step, byKeyboard: boolean) => void;
  /** Returns from the selected step to its button in the list of steps. */
  back: () => void;
  /** Goes to a step next to the selected one. */
  goTo: (step: Step | undefined) => void;
}

/** Navigates between the steps and the selected one, and moves the focus. On phones the step is a view of its own, with a URL. */
export function useStepPanel({ flow, selectStep }: Selection, { at, onStep, onClose }: InspectorLocation): Opening {
  const panes = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [entered, setEntered] = useState<object>();
  // The URL may name a flow that this tab never recorded, or has dropped.
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
      // If the URL names a step, update it to this one.
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

/** Returns whether the screen is too narrow to show flows, steps and the selected step side by side. */
export const isNarrow = (): boolean => matchMedia('(max-width: 820px)').matches;

/** Returns the button of a step in the list of steps. */
export function stepButton(within: HTMLElement | null, id: number | undefined): HTMLElement | null | undefined {
  return within?.querySelector<HTMLElement>(`[data-step="${id}"]`);
}

function selectedButton(within: HTMLElement | null): HTMLElement | null | undefined {
  return within?.querySelector<HTMLElement>('[data-step][aria-current]');
}
