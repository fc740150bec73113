import { scenarioResult } from '#features/inspector/attack-demos/scenarios.ts';
import { failureName } from '#features/inspector/model/failure-text.ts';
import type { Flow } from '#features/inspector/model/flow.ts';
import { failedStepOf, failureOf } from '#features/inspector/model/outcome.ts';
import { titleOfRequest } from '#features/inspector/model/step-text.ts';
import { attackDemos } from '#messages/en/attack-demos.ts';
import { inspector } from '#messages/en/inspector.ts';
import type { Trace } from '#trace/event.ts';
import type { PausedStep } from '#trace/step-debugger.ts';
import { VisuallyHidden } from '#ui/visually-hidden.tsx';

import { useDebouncedValue } from './use-debounced.ts';

const text = inspector.said;
const DEBOUNCE_MS = 1_500;

interface LiveAnnouncerProps {
  /** The newest flow. */
  flow: Flow | undefined;
  paused: PausedStep | undefined;
  bodyOf: Trace['bodyOf'];
}

/** Announces new events to screen readers once they have settled. */
export function LiveAnnouncer({ flow, paused, bodyOf }: LiveAnnouncerProps) {
  const announcement = useDebouncedValue(
    paused ? text.held(titleOfRequest(paused.step)) : announcementOf(flow, bodyOf),
    DEBOUNCE_MS,
  );
  return (
    <div role="status">
      <VisuallyHidden>{announcement}</VisuallyHidden>
    </div>
  );
}

function announcementOf(flow: Flow | undefined, bodyOf: Trace['bodyOf']): string {
  if (!flow) return '';
  const title = inspector.flows.titles[flow.kind](flow.service);
  const failedStep = failedStepOf(flow, bodyOf);
  const failure = failedStep && failureOf(failedStep, bodyOf);
  if (failure && scenarioResult(flow, bodyOf)?.caught) {
    return text.failed(title, attackDemos.caught(failureName(failure)));
  }
  return failure
    ? text.failed(title, inspector.flows.failedBy(failureName(failure)))
    : text.steps(title, flow.steps.length);
}
