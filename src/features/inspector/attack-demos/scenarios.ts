import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import type { Flow, Step } from '#features/inspector/model/flow.ts';
import { type Failure, failedStepOf, failureOf } from '#features/inspector/model/outcome.ts';
import type { Trace } from '#trace/event.ts';

/** In the order they are met in a sign-in. */
export const SCENARIOS: readonly AttackScenario[] = [
  'changed-state',
  'wrong-issuer',
  'missing-verifier',
  'replayed-code',
  'old-refresh-token',
];

/** Lessons that can be tried here. */
export interface DemosOffer {
  onTry: (lesson: AttackScenario) => void;
  /** Whether there is a refresh token to play with. */
  hasRefreshToken: boolean;
}

/** What a lesson meddles with, as the trace names it. */
const MEDDLED_WITH: Readonly<Partial<Record<string, AttackScenario>>> = {
  state: 'changed-state',
  iss: 'wrong-issuer',
  code_verifier: 'missing-verifier',
  code: 'replayed-code',
  refresh_token: 'old-refresh-token',
};

/** What was tried in a flow, and what caught it. */
export interface ScenarioResult {
  lesson: AttackScenario;
  /** By what, and at which step. Missing: nothing has caught it so far. */
  caught?: { by: Failure; at: Step };
}

/** Reads what was tried in a flow; undefined where nobody has meddled with it. */
export function scenarioResult(flow: Flow, bodyOf: Trace['bodyOf']): ScenarioResult | undefined {
  const at = flow.steps.findIndex(({ event }) => event.type === 'tampered');
  const event = flow.steps[at]?.event;
  const lesson = event?.type === 'tampered' ? MEDDLED_WITH[event.what] : undefined;
  if (!lesson) return undefined;
  const step = failedStepOf({ ...flow, steps: flow.steps.slice(at) }, bodyOf);
  const by = step && failureOf(step, bodyOf);
  return { lesson, ...(by && { caught: { by, at: step } }) };
}
