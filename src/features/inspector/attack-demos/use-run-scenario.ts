import { useEffect, useRef } from 'react';

import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import type { Selection } from '#features/inspector/use-selection.ts';

import type { DemosOffer } from './scenarios.ts';

/** Lessons as they are run: gives the flow to look at, where one is over already. */
export interface Trying extends Omit<DemosOffer, 'onTry'> {
  onTry: (lesson: AttackScenario) => Promise<string | undefined>;
}

/** Lessons for a person who looks on: what happens is shown as it happens, and in the end what was tried. */
export function useRunScenario(
  lessons: Trying | undefined,
  { follow, selectFlow }: Pick<Selection, 'follow' | 'selectFlow'>,
  thaw: () => void,
): DemosOffer | undefined {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  if (!lessons) return undefined;
  const lookOn = async (lesson: AttackScenario): Promise<void> => {
    thaw();
    follow();
    const tried = await lessons.onTry(lesson);
    // Who has gone elsewhere meanwhile is not fetched back.
    if (tried !== undefined && isHere.current) selectFlow(tried);
  };
  return { ...lessons, onTry: (lesson) => void lookOn(lesson) };
}
