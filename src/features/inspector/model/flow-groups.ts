import { startOfDay } from '#messages/calendar.ts';

import type { Flow } from './flow.ts';

/** The longest wait for a response: an older request without one was interrupted and is no longer in progress. */
const MAX_WAIT_MS = 2 * 60_000;

export interface FlowGroup {
  /** `now`, or the start of a day. */
  day: 'now' | number;
  flows: readonly Flow[];
}

/** Groups flows by the day they started, with those in progress first. Preserves the order within a group. */
export function groupedByDay(flows: readonly Flow[], isRunning: (flow: Flow) => boolean): FlowGroup[] {
  const groups = new Map<FlowGroup['day'], Flow[]>([['now', []]]);
  for (const flow of flows) {
    const day = isRunning(flow) ? 'now' : startOfDay(flow.startedAt);
    const group = groups.get(day);
    if (group) group.push(flow);
    else groups.set(day, [flow]);
  }
  return Array.from(groups, ([day, ofDay]) => ({ day, flows: ofDay })).filter(({ flows: ofDay }) => ofDay.length > 0);
}

/** Returns whether a flow still waits for a response. */
export function isWaiting({ steps, endedAt }: Flow, now: number): boolean {
  return now - endedAt < MAX_WAIT_MS && steps.some((step) => step.kind === 'exchange' && !step.response);
}
