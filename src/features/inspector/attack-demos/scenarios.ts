import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import type { Flow, Step } from '#features/inspector/model/flow.ts';
import { type Failure, failedStepOf, failureOf } from '#features/inspector/model/outcome.ts';
import type { Trace } from '#trace/event.ts';

/** The attack demos, in the order of a sign-in's steps. */
export const SCENARIOS: readonly AttackScenario[] = [
  'changed-state',
  'wrong-issuer',
  'missing-verifier',
  'replayed-code',
  'old-refresh-token',
];

/** The attack demos available here. */
export interface DemosOffer {
  onTry: (scenario: AttackScenario) => void;
  /** Whether there is a refresh token for the replay demo. */
  hasRefreshToken: boolean;
}

/** The demo by what it tampers with, as named in the trace. */
const SCENARIO_BY_TARGET: Readonly<Partial<Record<string, AttackScenario>>> = {
  state: 'changed-state',
  iss: 'wrong-issuer',
  code_verifier: 'missing-verifier',
  code: 'replayed-code',
  refresh_token: 'old-refresh-token',
};

/** The attack demo run in a flow, and what caught it. */
export interface ScenarioResult {
  scenario: AttackScenario;
  /** What caught the attack, and at which step; undefined if nothing has so far. */
  caught?: { by: Failure; at: Step };
}

/** Returns the result of the attack demo in a flow; undefined if the flow was not tampered with. */
export function scenarioResult(flow: Flow, bodyOf: Trace['bodyOf']): ScenarioResult | undefined {
  const at = flow.steps.findIndex(({ event }) => event.type === 'tampered');
  const event = flow.steps[at]?.event;
  const scenario = event?.type === 'tampered' ? SCENARIO_BY_TARGET[event.what] : undefined;
  if (!scenario) return undefined;
  const step = failedStepOf({ ...flow, steps: flow.steps.slice(at) }, bodyOf);
  const by = step && failureOf(step, bodyOf);
  return { scenario, ...(by && { caught: { by, at: step } }) };
}
