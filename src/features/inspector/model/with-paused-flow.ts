import type { PausedStep } from '#trace/step-debugger.ts';

import type { Flow } from './flow.ts';

/** The flows, and before them the one that is held before its first step, of which nothing is recorded yet. */
export function withPausedFlow(flows: readonly Flow[], paused: PausedStep | undefined, now: number): readonly Flow[] {
  if (!paused || flows.some(({ id }) => id === paused.tag.flow)) return flows;
  const { flow, kind, service } = paused.tag;
  return [{ id: flow, kind, service, startedAt: now, endedAt: now, steps: [] }, ...flows];
}
