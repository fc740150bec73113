import { useEffect, useRef } from 'react';

import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import type { Selection } from '#features/inspector/use-selection.ts';

import type { DemosOffer } from './scenarios.ts';

/** The attack demos with a function that runs one, and resolves to the flow to show if the demo has already finished. */
export interface DemosRunner extends Omit<DemosOffer, 'onTry'> {
  onTry: (scenario: AttackScenario) => Promise<string | undefined>;
}

/** Runs attack demos while the user watches: shows events as they happen, and selects the demo's flow at the end. */
export function useRunScenario(
  demos: DemosRunner | undefined,
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
  if (!demos) return undefined;
  const lookOn = async (scenario: AttackScenario): Promise<void> => {
    thaw();
    follow();
    const tried = await demos.onTry(scenario);
    // Do not bring the user back after navigating away.
    if (tried !== undefined && isHere.current) selectFlow(tried);
  };
  return { ...demos, onTry: (scenario) => void lookOn(scenario) };
}
