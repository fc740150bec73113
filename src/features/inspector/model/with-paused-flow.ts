import type { HeldStep } from '#trace/gate.ts';

import type { Flow } from './flow.ts';

/** The flows, and before them the one that is held before its first step, of which nothing is recorded yet. */
export function withHeldFlow(flows: readonly Flow[], held: HeldStep | undefined, now: number): readonly Flow[] {
  if (!held || flows.some(({ id }) => id === held.tag.flow)) return flows;
  const { flow, kind, service } = held.tag;
  return [{ id: flow, kind, service, startedAt: now, endedAt: now, steps: [] }, ...flows];
}
