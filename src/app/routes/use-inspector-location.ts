import { useEffect, useMemo, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';

import type { InspectorLocation } from '#features/inspector/inspector-location.ts';

/** The address of the inspector at one flow of this tab, or at one step of it. */
export function inspectorAt({ flow, step }: InspectorLocation['at']): string {
  const named = new URLSearchParams({
    ...(flow !== undefined && { flow }),
    ...(step !== undefined && { step: String(step) }),
  });
  return `/inspector${named.size > 0 ? `?${named}` : ''}`;
}

const OPENED_HERE = { isOpenedHere: true };
const isOpenedHere = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'isOpenedHere' in state;

/** What the inspector looks at, by the address. An opened step is an entry of the history. */
export function useInspectorLocation(): InspectorLocation {
  const { key, search, state } = useLocation();
  const navigate = useNavigate();
  const left = useRef<string>(undefined);
  useEffect(() => {
    if (left.current !== key) left.current = undefined;
  }, [key]);
  return useMemo(() => {
    const at = readAt(search);
    const stay = (to: InspectorLocation['at'], kept?: unknown): void =>
      void navigate(inspectorAt(to), { replace: true, state: kept });
    return {
      at,
      onFlow: (flow) => stay({ flow }),
      onStep: (flow, step) => {
        if (at.step === undefined) void navigate(inspectorAt({ flow, step }), { state: OPENED_HERE });
        else stay({ flow, step }, state);
      },
      onClose: () => {
        // The way back takes a moment, in which a second press would go on to the page before.
        if (at.step === undefined || left.current === key) return;
        left.current = key;
        // Who came by a link has no steps to go back to.
        if (isOpenedHere(state)) void navigate(-1);
        else stay(at.flow === undefined ? {} : { flow: at.flow });
      },
    };
  }, [key, search, state, navigate]);
}

function readAt(search: string): InspectorLocation['at'] {
  const parameters = new URLSearchParams(search);
  const flow = parameters.get('flow');
  const step = parameters.get('step') ?? '';
  return { ...(flow !== null && { flow }), ...(/^\d{1,9}$/.test(step) && { step: Number(step) }) };
}
