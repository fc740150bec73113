import type { Trace } from '#trace/event.ts';

/** Today's name for each name of version 1 of the format, by the member that holds it. */
const CURRENT_NAMES: ReadonlyMap<string, ReadonlyMap<unknown, string>> = new Map([
  [
    'type',
    new Map([
      ['verifier-made', 'verifier-created'],
      ['description-reused', 'metadata-cache-hit'],
    ]),
  ],
  [
    'step',
    new Map([
      ['unauthorized-call', 'resource-probe'],
      ['pushed-request', 'par'],
      ['token-exchange', 'token-request'],
      ['signing-keys', 'jwks'],
    ]),
  ],
  ['because', new Map([['renewed-token', 'token-refreshed']])],
  ['reason', new Map([['not-running', 'worker-unavailable']])],
  [
    // Of a flow, or of a body.
    'kind',
    new Map([
      ['lesson', 'attack-demo'],
      ['left-out', 'omitted'],
    ]),
  ],
]);

/** Returns an event or a body of any version with today's names; `item` itself if it has no others. */
export function withCurrentNames<Item extends object>(item: Item): Item {
  const renamed = Object.entries(item).flatMap(([member, value]: [string, unknown]) => {
    const name = CURRENT_NAMES.get(member)?.get(value);
    return name === undefined ? [] : [[member, name]];
  });
  return renamed.length === 0 ? item : { ...item, ...Object.fromEntries(renamed) };
}

/** Returns this tab's trace with today's names: an earlier version may have recorded the first part of it. */
export function currentTrace({ events, bodyOf }: Trace): Trace {
  return {
    events: events.map(withCurrentNames),
    bodyOf(id) {
      const body = bodyOf(id);
      return body && withCurrentNames(body);
    },
  };
}
