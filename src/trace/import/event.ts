import { omitUndefined } from '#lib/omit-undefined.ts';
import type { TraceEvent, TraceStep } from '#trace/event.ts';

import { readFields, readHeaders, readText, readTokens, readUrl } from './fields.ts';
import { amount, list, Malformed, matching, oneOf, text, whole, type Members } from './values.ts';

/** The latest time that `Date` can represent, in milliseconds since 1970 (ECMA-262 §21.4.1.1). */
const LATEST = 8.64e15;
const A_DAY = 24 * 60 * 60 * 1_000;
const MAX_NAMES = 200;

/** Parses the name of a step, a rule or a reason, which the app itself defines. */
const readName = (value: unknown): string => matching(value, /^[\w-]+$/);
const readMethod = (value: unknown): string => matching(value, /^[A-Za-z-]+$/);
const readDuration = (value: unknown): number => amount(value, A_DAY);
const readSize = (value: unknown): number => whole(value);

const REASONS = ['token-refreshed', 'new-nonce', 'clock-corrected'] as const;
const STORES = ['IndexedDB', 'sessionStorage'] as const;

/** Reads a field that an event may lack. */
const ifPresent = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined ? undefined : read(value);

/** The parser of each event type: reads each field separately and ignores fields that are not listed here. */
const STEPS: { [Type in TraceStep['type']]: (raw: Members) => Extract<TraceStep, { type: Type }> } = {
  request: (raw) =>
    omitUndefined({
      type: 'request',
      step: readName(raw.step),
      method: readMethod(raw.method),
      url: readUrl(raw.url),
      headers: readHeaders(raw.headers),
      bodySize: ifPresent(raw.bodySize, readSize),
      tokens: ifPresent(raw.tokens, readTokens),
      because: ifPresent(raw.because, (because) => oneOf(because, REASONS)),
    }),
  response: (raw) =>
    omitUndefined({
      type: 'response',
      step: readName(raw.step),
      request: whole(raw.request),
      status: whole(raw.status, 999),
      headers: readHeaders(raw.headers),
      bodySize: ifPresent(raw.bodySize, readSize),
      tokens: ifPresent(raw.tokens, readTokens),
      ms: readDuration(raw.ms),
    }),
  'request-failed': (raw) => ({
    type: 'request-failed',
    step: readName(raw.step),
    request: whole(raw.request),
    reason: readName(raw.reason),
    ms: readDuration(raw.ms),
  }),
  'verifier-created': (raw) => ({ type: 'verifier-created', challenge: readText(raw.challenge) }),
  'redirect-out': (raw) => ({ type: 'redirect-out', url: readUrl(raw.url), parameters: readFields(raw.parameters) }),
  'redirect-back': (raw) => ({ type: 'redirect-back', url: readUrl(raw.url), parameters: readFields(raw.parameters) }),
  check: (raw) =>
    omitUndefined({
      type: 'check',
      rule: readName(raw.rule),
      outcome: oneOf(raw.outcome, ['passed', 'failed']),
      expected: ifPresent(raw.expected, readText),
      actual: ifPresent(raw.actual, readText),
    }),
  'lock-waited': (raw) => ({ type: 'lock-waited', lock: readText(raw.lock), ms: readDuration(raw.ms) }),
  stored: (raw) => ({
    type: 'stored',
    where: oneOf(raw.where, STORES),
    what: readText(raw.what),
    names: list(raw.names, MAX_NAMES).map(readText),
  }),
  removed: (raw) => ({ type: 'removed', where: oneOf(raw.where, STORES), what: readText(raw.what) }),
  'metadata-cache-hit': (raw) => ({ type: 'metadata-cache-hit', step: readName(raw.step), url: readUrl(raw.url) }),
  'retry-declared': () => ({ type: 'retry-declared' }),
  'token-adopted': () => ({ type: 'token-adopted' }),
  tampered: (raw) => ({ type: 'tampered', what: readText(raw.what), from: readText(raw.from), to: readText(raw.to) }),
};

/**
 * Rebuilds an event from validated fields, masked again; returns undefined if its type is unknown.
 * @throws Malformed if it differs from what the recorder writes
 */
export function readEvent(raw: Members): TraceEvent | undefined {
  const type = text(raw.type);
  if (!isKnown(type)) return undefined;
  const step = STEPS[type](raw);
  const id = whole(raw.id);
  // A response follows its request.
  if ('request' in step && step.request >= id) throw new Malformed();
  return omitUndefined({
    flow: readName(raw.flow),
    kind: oneOf(raw.kind, ['connect', 'step-up', 'refresh', 'call', 'disconnect', 'attack-demo']),
    service: readText(raw.service),
    connection: ifPresent(raw.connection, readText),
    cause: ifPresent(raw.cause, readText),
    ...step,
    id,
    at: amount(raw.at, LATEST),
    by: oneOf(raw.by, ['page', 'worker']),
  });
}

const isKnown = (type: string): type is TraceStep['type'] => Object.hasOwn(STEPS, type);
