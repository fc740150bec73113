import type { ReactNode } from 'react';

import { failureName } from '#features/inspector/model/failure-text.ts';
import type { Step } from '#features/inspector/model/flow.ts';
import { type Outcome, failureOf, outcomeOf, valueOf } from '#features/inspector/model/outcome.ts';
import { titleOfRequest, textOfStep } from '#features/inspector/model/step-text.ts';
import { inspector } from '#messages/en/inspector.ts';
import { formatMilliseconds } from '#messages/format.ts';
import type { Trace } from '#trace/event.ts';
import { parseUrl } from '#trace/url.ts';

const text = inspector.sequence;

/** A step's summary in two short lines, for the diagram and the table. */
export interface StepLine {
  what: string;
  /** True if `what` is raw HTTP rather than prose. */
  isRawHttp: boolean;
  /** The full URL, if `what` contains only its path. */
  url?: string;
  outcome: Outcome;
  /** The status of the response. */
  status?: number;
  /** The outcome, in addition to the status. */
  result: string;
  /** The duration in milliseconds, for a step that waits for a response. */
  ms?: number;
}

/** Summarizes a step. */
export function lineOf(step: Step, bodyOf: Trace['bodyOf']): StepLine {
  const outcome = outcomeOf(step, bodyOf);
  return step.kind === 'exchange' ? { ...lineOfExchange(step, bodyOf), outcome } : { ...lineOfEvent(step), outcome };
}

function lineOfExchange(step: Extract<Step, { kind: 'exchange' }>, bodyOf: Trace['bodyOf']): Omit<StepLine, 'outcome'> {
  const { event, response } = step;
  const what = `${event.method} ${pathOf(event.url)}`;
  const wire = { what, isRawHttp: true, url: event.url };
  if (!response) return { ...wire, result: text.pending };
  const { ms } = response;
  if (response.type === 'request-failed') return { ...wire, result: `${text.noAnswer}, ${response.reason}`, ms };
  const failure = failureOf(step, bodyOf);
  const result = failure?.by === 'error' ? failureName(failure) : textOfStep(step).title;
  const isExpected = outcomeOf(step, bodyOf) === 'expected';
  return {
    ...wire,
    status: response.status,
    result: isExpected && failure?.by !== 'error' ? text.refusedAsExpected : result,
    ms,
  };
}

function lineOfEvent(step: Extract<Step, { kind: 'event' }>): Omit<StepLine, 'outcome'> {
  const { event } = step;
  const { title } = textOfStep(step);
  switch (event.type) {
    case 'redirect-out':
      return {
        what: `GET ${pathOf(event.url)}`,
        isRawHttp: true,
        url: event.url,
        result: text.pageLeaves(event.service),
      };
    case 'redirect-back': {
      const error = valueOf(event.parameters, 'error');
      const carried = error === undefined ? carriedBack(event.parameters) : `?error=${error}`;
      return {
        what: `GET ${pathOf(event.url)}${carried}`,
        isRawHttp: true,
        url: event.url,
        result: error === undefined ? text.pageReturns : text.saidNo(error),
      };
    }
    case 'check':
      return { what: title, isRawHttp: false, result: event.outcome === 'passed' ? text.passed : text.checkFailed };
    case 'lock-waited':
      return { what: title, isRawHttp: false, result: text.waited(formatMilliseconds(event.ms)), ms: event.ms };
    case 'stored':
    case 'removed':
      return { what: title, isRawHttp: false, result: inspector.moment.records[event.what] ?? event.what };
    case 'metadata-cache-hit':
      return { what: title, isRawHttp: false, result: titleOfRequest(event.step) };
    case 'tampered':
      return { what: title, isRawHttp: false, result: event.what };
    case 'verifier-created':
    case 'retry-declared':
    case 'token-adopted':
      return { what: title, isRawHttp: false, result: '' };
  }
}

function carriedBack(parameters: readonly (readonly [string, string])[]): string {
  if (valueOf(parameters, 'code') !== undefined) return '?code=…';
  return parameters.length > 0 ? '?…' : '';
}

function pathOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed ? `${parsed.pathname}${parsed.search === '' ? '' : '?…'}` : url;
}

/** Returns the whole line as one sentence, for screen readers. */
export function sayLine(line: StepLine, direction: string): string {
  const result = [line.status, line.result].filter((part) => part !== undefined && part !== '').join(' ');
  return [line.what, direction, result].filter((part) => part !== '').join(', ');
}

/** Shows a line's subject. A URL that is too long is shortened in the middle, because calls differ at their ends. */
export function LineSubject({ line: { what } }: { line: StepLine }): ReactNode {
  const end = what.lastIndexOf('/');
  return (
    <>
      <span>{what.slice(0, end)}</span>
      <span>{what.slice(end)}</span>
    </>
  );
}

/** Shows the status of a response and its outcome. */
export function LineResult({ line, className }: { line: StepLine; className?: string }): ReactNode {
  return (
    <>
      {line.status !== undefined && <b className={className}>{line.status} </b>}
      {line.result}
    </>
  );
}
