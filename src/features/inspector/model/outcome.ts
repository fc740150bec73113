import type { Trace, TraceBody } from '#trace/event.ts';

import { challengesOf } from './challenges.ts';
import type { Flow, Step } from './flow.ts';

/** How a step ended. `expected`: rejected, as the flow requires in order to continue. */
export type Outcome = 'done' | 'expected' | 'failed' | 'pending';

/** The cause of a failed step. */
export type Failure =
  | { by: 'rule'; rule: string }
  | { by: 'error'; error: string; status?: number }
  | { by: 'status'; status: number }
  | { by: 'reason'; reason: string };

type BodyOf = Trace['bodyOf'];

/** Returns how a step ended, judged by the step alone. */
export function outcomeOf(step: Step, bodyOf: BodyOf): Outcome {
  if (step.kind === 'event') return failureOf(step, bodyOf) ? 'failed' : 'done';
  const { event, response } = step;
  if (!response) return 'pending';
  if (response.type === 'request-failed') return 'failed';
  if (response.status < 400) return 'done';
  // The resource probe is meant to be rejected, and so is a call with a revoked token. Servers hand out a DPoP nonce by
  // rejecting a request (RFC 9449 §8).
  const isRevokedTokenProbe = event.kind === 'disconnect' && event.step === 'api-call' && response.status < 500;
  const isExpected =
    event.step === 'resource-probe' || isRevokedTokenProbe || errorNameOf(step, bodyOf) === 'use_dpop_nonce';
  return isExpected ? 'expected' : 'failed';
}

/** Returns why a step failed; undefined if it did not. */
export function failureOf(step: Step, bodyOf: BodyOf): Failure | undefined {
  if (step.kind === 'exchange') {
    const { response } = step;
    if (response?.type === 'request-failed') return { by: 'reason', reason: response.reason };
    if (!response || response.status < 400) return undefined;
    const error = errorNameOf(step, bodyOf);
    return error === undefined
      ? { by: 'status', status: response.status }
      : { by: 'error', error, status: response.status };
  }
  const { event } = step;
  if (event.type === 'check') return event.outcome === 'failed' ? { by: 'rule', rule: event.rule } : undefined;
  const error = event.type === 'redirect-back' ? valueOf(event.parameters, 'error') : undefined;
  return error === undefined ? undefined : { by: 'error', error };
}

/**
 * Returns the step that made a flow fail. An intermediate error (a 401 that leads to a refresh, a 404 that leads to the next URL)
 * is not a failure: the last step counts. A failed check is always a failure.
 */
export function failedStepOf({ steps }: Flow, bodyOf: BodyOf): Step | undefined {
  const check = steps.findLast(({ event }) => event.type === 'check' && event.outcome === 'failed');
  if (check) return check;
  const last = steps.findLast(
    (step) =>
      (step.kind === 'exchange' && step.response !== undefined && !isAside(step, bodyOf)) ||
      step.event.type === 'redirect-back',
  );
  return last && outcomeOf(last, bodyOf) === 'failed' ? last : undefined;
}

/** Returns true for a successful JWKS request. It runs in parallel with the token request, so it does not end the flow. */
function isAside(step: Step, bodyOf: BodyOf): boolean {
  return step.kind === 'exchange' && step.event.step === 'jwks' && outcomeOf(step, bodyOf) === 'done';
}

/** Returns the error code of a response: from a challenge (RFC 6750 §3), or from its JSON body (RFC 6749 §5.2). */
function errorNameOf(step: Extract<Step, { kind: 'exchange' }>, bodyOf: BodyOf): string | undefined {
  const { response } = step;
  if (response?.type !== 'response') return undefined;
  const challenged = challengesOf(response.headers).flatMap(({ parameters }) => valueOf(parameters, 'error') ?? []);
  return challenged[0] ?? errorInBody(bodyOf(response.id));
}

function errorInBody(body: TraceBody | undefined): string | undefined {
  if (body?.kind !== 'json') return undefined;
  // Matched instead of parsed, because a long body may be truncated.
  return /^ {2}"error": "([^"\\]{1,100})"/m.exec(body.text)?.[1];
}

/** Returns the value of the first field with that name. */
export function valueOf(fields: readonly (readonly [string, string])[], name: string): string | undefined {
  return fields.find(([one]) => one.toLowerCase() === name)?.[1];
}
