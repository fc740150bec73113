/** Traces to export and import: a plausible one, and arbitrary ones that a recorder might hold. */
import fc from 'fast-check';

import type { Fields, Trace, TraceBody, TraceEvent, TraceStep, TraceTag } from '#trace/event.ts';
import { maskBody, maskHeaders, maskMember, maskParameters, maskUrl, masked } from '#trace/mask.ts';

export const TAG: TraceTag = { flow: 'f-1', kind: 'connect', service: 'Birdsong' };
const BEGAN = Date.UTC(2026, 10, 26, 9);

/** Events in this order, ten milliseconds apart, with the bodies of some by index. */
export function traceOfSteps(steps: readonly TraceStep[], bodies: Readonly<Record<number, TraceBody>> = {}): Trace {
  const events = steps.map((step, place): TraceEvent => {
    return { ...TAG, ...step, id: place + 1, at: BEGAN + 10 * place, by: 'page' };
  });
  return { events, bodyOf: (id) => bodies[id - 1] };
}

/** The bodies of a trace, for comparing. */
export const bodiesOf = ({ events, bodyOf }: Trace) => events.map(({ id }) => bodyOf(id));

export const REQUEST = {
  type: 'request',
  step: 'token-request',
  method: 'POST',
  url: 'https://as.example/token',
  headers: [['content-type', 'application/x-www-form-urlencoded;charset=UTF-8']],
} as const satisfies TraceStep;

const secretText = fc.stringMatching(/^[\w.~+/-]{8,40}$/);
const name = fc.constantFrom(
  'access_token',
  'state',
  'code',
  'scope',
  'redirect_uri',
  'iss',
  'nonce',
  'x y',
  '__proto__',
);
const value = fc.oneof(secretText, fc.string(), fc.webUrl({ withQueryParameters: true }));
const pairs = fc.array(fc.tuple(name, value), { maxLength: 6 });
const parameters: fc.Arbitrary<Fields> = pairs.map((list) => maskParameters(new URLSearchParams(list)));
const headers: fc.Arbitrary<Fields> = fc
  .array(
    fc.tuple(fc.constantFrom('authorization', 'dpop', 'accept', 'dpop-nonce', 'x-api-key', 'location'), secretText),
  )
  .map((list) => maskHeaders(list));
const url = fc
  .webUrl({ withQueryParameters: true, withFragments: true })
  .chain((address) => pairs.map((list) => maskUrl(`${address.replace(/[?#].*$/s, '')}?${new URLSearchParams(list)}`)));
const word = fc.stringMatching(/^[a-z][a-z-]{0,20}$/);
const size = fc.nat();
const ms = fc.double({ min: 0, max: 60_000, noNaN: true }).map((one) => one + 0);
const json = fc.jsonValue({ maxDepth: 4 });
const claims = fc
  .dictionary(name, json)
  .map((said) => JSON.parse(JSON.stringify(said), maskMember) as Record<string, unknown>);
const token = fc.oneof(
  fc.record({ name, form: fc.constant('opaque' as const), masked: secretText.map(masked) }),
  fc.record({ name, form: fc.constant('jwt' as const), masked: secretText.map(masked), header: claims, claims }),
);
const message = { step: word, headers };
const maybe = { bodySize: size, tokens: fc.array(token, { maxLength: 2 }) };

const body: fc.Arbitrary<TraceBody | undefined> = fc.oneof(
  json.map((said) => maskBody(JSON.stringify(said), 'application/json')),
  pairs.map((list) => maskBody(new URLSearchParams(list).toString(), 'application/x-www-form-urlencoded')),
  fc.string().map((text) => maskBody(text, 'text/html')),
);

const some = <Value extends object, Maybe extends object>(
  always: { [Key in keyof Value]: fc.Arbitrary<Value[Key]> },
  sometimes: { [Key in keyof Maybe]: fc.Arbitrary<Maybe[Key]> },
): fc.Arbitrary<Value & Partial<Maybe>> =>
  fc
    .tuple(fc.record(always), fc.record(sometimes, { requiredKeys: [] }))
    .map(([one, two]) => ({ ...one, ...two }) as Value & Partial<Maybe>);

const of = <Type extends TraceStep['type']>(type: Type) => fc.constant(type);
const where = fc.constantFrom('IndexedDB' as const, 'sessionStorage' as const);
const step: fc.Arbitrary<TraceStep> = fc.oneof(
  some(
    { type: of('request'), ...message, method: fc.constantFrom('GET', 'POST', 'DELETE'), url },
    { ...maybe, because: fc.constantFrom('token-refreshed' as const, 'new-nonce' as const) },
  ),
  some({ type: of('response'), ...message, request: size, status: fc.integer({ min: 100, max: 599 }), ms }, maybe),
  fc.record({ type: of('request-failed'), step: word, request: size, reason: word, ms }),
  fc.record({ type: of('verifier-created'), challenge: secretText }),
  fc.record({ type: of('redirect-out'), url, parameters }),
  fc.record({ type: of('redirect-back'), url, parameters }),
  some(
    { type: of('check'), rule: word, outcome: fc.constantFrom('passed' as const, 'failed' as const) },
    { expected: word, actual: word },
  ),
  fc.record({ type: of('lock-waited'), lock: word, ms }),
  fc.record({ type: of('stored'), where, what: word, names: fc.array(word) }),
  fc.record({ type: of('removed'), where, what: word }),
  fc.record({ type: of('metadata-cache-hit'), step: word, url }),
  fc.record({ type: of('retry-declared') }),
  fc.record({ type: of('token-adopted') }),
  fc.record({ type: of('tampered'), what: word, from: word, to: word }),
);
const tag = some(
  {
    flow: fc.constantFrom('f-1', 'f-2', 'constructor'),
    kind: fc.constantFrom('connect' as const, 'refresh' as const, 'attack-demo' as const),
    service: fc.string(),
  },
  { connection: word, cause: word },
);

/** Generates any trace that a recorder might hold. */
export const anyTrace: fc.Arbitrary<Trace> = fc
  .array(fc.tuple(tag, step, body, fc.constantFrom('page' as const, 'worker' as const)), { maxLength: 20 })
  .map((all) => ({
    events: all.map(([tagged, recorded, , by], place) => ({
      ...tagged,
      ...recorded,
      ...('request' in recorded && { request: Math.min(recorded.request, place) }),
      id: place + 1,
      at: BEGAN + place,
      by,
    })),
    bodyOf: (id) => all[id - 1]?.[2],
  }));
