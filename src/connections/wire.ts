import { boundedFetch, PROTOCOL_LIMITS, type FetchLimits } from '#oauth/bounded-fetch.ts';
import type { Exchange, Fetch } from '#oauth/exchange.ts';
import type { TraceTag } from '#trace/event.ts';
import type { Recorder } from '#trace/recorder.ts';
import { tracedFetch } from '#trace/traced-fetch.ts';

/** The only way to the network: every request is bounded, recorded, and tagged with its flow. */
export interface Wire {
  /** What the protocol functions need for one flow. */
  exchange(tag: TraceTag, signal?: AbortSignal): Exchange;
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
}

/** Puts the wire together from the platform's fetch. */
export function createWire({ fetch, recorder, now, allowLoopbackHttp }: WireOptions): Wire {
  const traced = (limits: FetchLimits, tag: TraceTag, step: string): Fetch =>
    tracedFetch(boundedFetch(fetch, limits), recorder, tag, step, now);
  return {
    exchange: (tag, signal) => ({
      fetchFor: (step) => traced(PROTOCOL_LIMITS, tag, step),
      onCheck: (check) => void recorder.record(tag, { type: 'check', ...check }),
      allowLoopbackHttp,
      ...(signal && { signal }),
    }),
    apiFetch: (tag) => traced(API_LIMITS, tag, 'api-call'),
    recorder,
    now,
  };
}
