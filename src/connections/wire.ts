import { boundedFetch, PROTOCOL_LIMITS, type FetchLimits } from '#oauth/bounded-fetch.ts';
import type { Exchange, Fetch } from '#oauth/exchange.ts';
import type { ExchangeStep } from '#oauth/step.ts';
import type { TraceTag } from '#trace/event.ts';
import type { Recorder } from '#trace/recorder.ts';
import { tracedFetch } from '#trace/traced-fetch.ts';

import type { DiscoveryCache, DiscoveryOptions } from './discovery-cache.ts';

/** The only way to the network: every request is bounded, recorded, and tagged with its flow. */
export interface Wire {
  /**
   * What the protocol functions need for one flow. Descriptions of servers may come from the cache, unless they are asked
   * for `fresh`.
   */
  exchange(tag: TraceTag, signal?: AbortSignal, options?: DiscoveryOptions): Exchange;
  /** A fetch for one API call. */
  apiFetch(tag: TraceTag): Fetch;
  recorder: Recorder;
  now: () => number;
}

const API_LIMITS: FetchLimits = { timeoutMs: 30_000, maxBytes: 5 * 1024 * 1024 };

export interface WireOptions {
  fetch: Fetch;
  recorder: Recorder;
  now: () => number;
  /** True while the page's own host is loopback (DISC-9). */
  allowLoopbackHttp: boolean;
  /** Missing: everything is asked anew. */
  discovery?: DiscoveryCache;
}

const DISCOVERY: ReadonlySet<ExchangeStep> = new Set(['unauthorized-call', 'resource-metadata', 'server-metadata']);

/** Puts the wire together from the platform's fetch. */
export function createWire({ fetch, recorder, now, allowLoopbackHttp, discovery }: WireOptions): Wire {
  const traced = (limits: FetchLimits, tag: TraceTag, step: string): Fetch =>
    tracedFetch(boundedFetch(fetch, limits), recorder, tag, step, now);
  return {
    exchange: (tag, signal, options) => ({
      fetchFor(step) {
        const fetchOnce = traced(PROTOCOL_LIMITS, tag, step);
        return discovery && DISCOVERY.has(step) ? discovery.through(fetchOnce, options) : fetchOnce;
      },
      onCheck: (check) => void recorder.record(tag, { type: 'check', ...check }),
      allowLoopbackHttp,
      ...(signal && { signal }),
    }),
    apiFetch: (tag) => traced(API_LIMITS, tag, 'api-call'),
    recorder,
    now,
  };
}
