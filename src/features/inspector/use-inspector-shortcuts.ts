import { useShortcuts } from '#ui/shortcuts.ts';

import type { Step } from './model/flow.ts';

interface InspectorKeys {
  steps: readonly Step[];
  step: Step | undefined;
  onStep: (step: Step | undefined) => void;
  onNext: () => void;
  onPause: () => void;
}

/** Binds `J` and `K` to the next and previous step, `N` to resume a paused one, `P` to pause, `R` to reveal a focused secret. */
export function useInspectorShortcuts({ steps, step, onStep, onNext, onPause }: InspectorKeys): void {
  const at = steps.findIndex(({ event }) => event.id === step?.event.id);
  useShortcuts({
    j: () => onStep(steps[at + 1]),
    k: () => onStep(steps[at - 1]),
    n: onNext,
    p: onPause,
    r: () => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && 'reveal' in activeElement.dataset) activeElement.click();
    },
  });
}
