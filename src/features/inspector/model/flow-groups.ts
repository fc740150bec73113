import { startOfDay } from '#messages/calendar.ts';

import type { Flow } from './flow.ts';

/** How long an answer is waited for at most: what is older is not under way but cut off. */
const MAX_WAIT_MS = 2 * 60_000;

export interface FlowGroup {
  /** `now`, or the first moment of a day. */
  day: 'now' | number;
  flows: readonly Flow[];
}

/** Flows by the day they began on; those under way stand before all. Keeps the order. */
export function groupedByDay(flows: readonly Flow[], isUnderWay: (flow: Flow) => boolean): FlowGroup[] {
  const groups = new Map<FlowGroup['day'], Flow[]>([['now', []]]);
  for (const flow of flows) {
    const day = isUnderWay(flow) ? 'now' : startOfDay(flow.startedAt);
    const group = groups.get(day);
    if (group) group.push(flow);
    else groups.set(day, [flow]);
  }
  return Array.from(groups, ([day, ofDay]) => ({ day, flows: ofDay })).filter(({ flows: ofDay }) => ofDay.length > 0);
}

/** Whether a flow still waits for an answer. */
export function isWaiting({ steps, endedAt }: Flow, now: number): boolean {
  return now - endedAt < MAX_WAIT_MS && steps.some((step) => step.kind === 'exchange' && !step.response);
}
