import { useLocation } from 'react-router';

/** The state of a history entry that leads to the inspector for the sake of one flow. */
export const lookingAt = (flow: string) => ({ flow });

/** The flow that the inspector was gone to for. */
export function useShownFlow(): string | undefined {
  const state: unknown = useLocation().state;
  if (typeof state !== 'object' || state === null || !('flow' in state)) return undefined;
  return typeof state.flow === 'string' ? state.flow : undefined;
}
