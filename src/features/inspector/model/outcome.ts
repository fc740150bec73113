import type { Trace, TraceBody } from '#trace/event.ts';

import { challengesOf } from './challenges.ts';
import type { Flow, Step } from './flow.ts';

/** How a step ended. `expected`: refused, as it had to be for the flow to go on. */
export type Outcome = 'done' | 'expected' | 'failed' | 'pending';

/** What a failed step is explained by. */
export type Failure =
  | { by: 'rule'; rule: string }
  | { by: 'error'; error: string; status?: number }
  | { by: 'status'; status: number }
  | { by: 'reason'; reason: string };

type BodyOf = Trace['bodyOf'];

/** How a step ended, as far as it can be told from itself. */
export function outcomeOf(step: Step, bodyOf: BodyOf): Outcome {
  if (step.kind === 'moment') return failureOf(step, bodyOf) ? 'failed' : 'done';
  const { event, response } = step;
  if (!response) return 'pending';
  if (response.type === 'request-failed') return 'failed';
  if (response.status < 400) return 'done';
  // The first call is made in order to be refused, and a nonce is handed out by refusing (RFC 9449 §8).
  const isExpected = event.step === 'unauthorized-call' || errorNameOf(step, bodyOf) === 'use_dpop_nonce';
  return isExpected ? 'expected' : 'failed';
}

/** Why a step failed; undefined where it did not. */
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
 * The step that a flow failed by. A refusal on the way (a 401 that leads to a refresh, a 404 that leads to the next address) is
 * no failure: the end counts. A check that does not hold always does.
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

/** The keys for an id_token are asked for while the tokens are on their way: got in vain, they are no end. */
function isAside(step: Step, bodyOf: BodyOf): boolean {
  return step.kind === 'exchange' && step.event.step === 'signing-keys' && outcomeOf(step, bodyOf) === 'done';
}

/** The error that an answer names: in a challenge (RFC 6750 §3), or in its JSON (RFC 6749 §5.2). */
function errorNameOf(step: Extract<Step, { kind: 'exchange' }>, bodyOf: BodyOf): string | undefined {
  const { response } = step;
  if (response?.type !== 'response') return undefined;
  const challenged = challengesOf(response.headers).flatMap(({ parameters }) => valueOf(parameters, 'error') ?? []);
  return challenged[0] ?? errorInBody(bodyOf(response.id));
}

function errorInBody(body: TraceBody | undefined): string | undefined {
  if (body?.kind !== 'json') return undefined;
  // Not parsed: a long text may be cut off at its end.
  return /^ {2}"error": "([^"\\]{1,100})"/m.exec(body.text)?.[1];
}

/** The value of the first field of that name. */
export function valueOf(fields: readonly (readonly [string, string])[], name: string): string | undefined {
  return fields.find(([one]) => one.toLowerCase() === name)?.[1];
}
