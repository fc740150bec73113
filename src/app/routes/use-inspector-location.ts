import { useEffect, useMemo, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';

import type { InspectorLocation } from '#features/inspector/inspector-location.ts';
import { isObject } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

/** Returns the inspector's path for a flow of this tab, or for one of its steps. */
export function inspectorAt({ flow, step }: InspectorLocation['at']): string {
  const named = new URLSearchParams(
    omitUndefined({
      flow,
      step: step?.toString(),
    }),
  );
  return `/inspector${named.size > 0 ? `?${named}` : ''}`;
}

const OPENED_HERE = { isOpenedHere: true };
const isOpenedHere = (state: unknown): boolean => isObject(state) && 'isOpenedHere' in state;

/** Returns the flow and step in the URL, and ways to change them. Opening a step adds a history entry. */
export function useInspectorLocation(): InspectorLocation {
  const { key, search, state } = useLocation();
  const navigate = useNavigate();
  const left = useRef<string>(undefined);
  useEffect(() => {
    if (left.current !== key) left.current = undefined;
  }, [key]);
  return useMemo(() => {
    const at = readAt(search);
    const stay = (to: InspectorLocation['at'], historyState?: unknown): void =>
      void navigate(inspectorAt(to), { replace: true, state: historyState });
    return {
      at,
      onFlow: (flow) => stay({ flow }),
      onStep: (flow, step) => {
        if (at.step === undefined) void navigate(inspectorAt({ flow, step }), { state: OPENED_HERE });
        else stay({ flow, step }, state);
      },
      onClose: () => {
        // Going back is asynchronous; a second press before it completes would leave the inspector.
        if (at.step === undefined || left.current === key) return;
        left.current = key;
        // A user who arrived by a link has no entry to go back to.
        if (isOpenedHere(state)) void navigate(-1);
        else stay(omitUndefined({ flow: at.flow }));
      },
    };
  }, [key, search, state, navigate]);
}

function readAt(search: string): InspectorLocation['at'] {
  const parameters = new URLSearchParams(search);
  const flow = parameters.get('flow') ?? undefined;
  const step = parameters.get('step') ?? '';
  return omitUndefined({ flow, step: /^\d{1,9}$/.test(step) ? Number(step) : undefined });
}
