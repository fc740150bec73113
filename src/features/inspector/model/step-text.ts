import { otherRule, rules } from '#messages/en/inspector-rules.ts';
import {
  eventSteps,
  otherStep,
  proven,
  requestSteps,
  sentAgain,
  signOutSteps,
  type StepText,
} from '#messages/en/inspector-steps.ts';

import type { ProtocolStep, Step } from './flow.ts';
import { laneOfRequest } from './lanes.ts';
import { valueOf } from './outcome.ts';

/** Returns the texts about a step, regardless of its outcome. */
export function textOfStep(step: Step): StepText & { notes: readonly string[] } {
  if (step.kind === 'exchange') return textOfRequest(step);
  const { event } = step;
  if (event.type === 'check') return { notes: [], title: event.rule, ...(rules[event.rule] ?? otherRule) };
  const isSignOut = event.kind === 'disconnect';
  if (isSignOut && (event.type === 'redirect-out' || event.type === 'redirect-back')) {
    return { notes: [], ...signOutSteps[event.type] };
  }
  return { notes: [], ...(eventSteps[event.type] ?? otherStep) };
}

/** Returns the texts about a paused step, by its step name. */
export function textOfPaused(step: string): StepText {
  return requestSteps[step] ?? eventSteps[step] ?? otherStep;
}

/** Returns the title of a request, by its step name. */
export function titleOfRequest(step: string): string {
  return textOfPaused(step).title;
}

function textOfRequest({ event }: ProtocolStep): StepText & { notes: readonly string[] } {
  const text = requestSteps[event.step] ?? otherStep;
  const again = event.because === undefined ? undefined : sentAgain[event.because];
  const isProven = valueOf(event.headers, 'dpop') !== undefined;
  const isBearer = /^bearer /i.test(valueOf(event.headers, 'authorization') ?? '');
  const isAtService = laneOfRequest(event.step) === 'service' || event.step === 'userinfo';
  return {
    ...text,
    notes: [...(again ? [again.text] : []), ...(isProven ? [proven.text] : [])],
    specs: [
      ...text.specs,
      ...(isProven ? [isAtService ? proven.atResource : proven.atServer] : []),
      ...(isBearer ? [proven.bearer] : []),
      ...(again?.specs ?? []),
    ],
  };
}
