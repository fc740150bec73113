import type { PausedStep } from '#trace/step-debugger.ts';

import type { Flow } from './flow.ts';

/** Returns the flows, preceded by a flow that is paused before its first step and thus has no recorded events yet. */
export function withPausedFlow(flows: readonly Flow[], paused: PausedStep | undefined, now: number): readonly Flow[] {
  if (!paused || flows.some(({ id }) => id === paused.tag.flow)) return flows;
  const { flow, kind, service } = paused.tag;
  return [{ id: flow, kind, service, startedAt: now, endedAt: now, steps: [] }, ...flows];
}
