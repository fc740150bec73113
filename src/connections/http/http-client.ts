import { boundedFetch, PROTOCOL_LIMITS, type FetchLimits } from '#oauth/bounded-fetch.ts';
import { OAuthError } from '#oauth/errors.ts';
import type { FlowContext, Fetch } from '#oauth/flow-context.ts';
import type { ProtocolStep } from '#oauth/protocol-step.ts';
import type { TraceTag } from '#trace/event.ts';
import { maskUrl } from '#trace/mask.ts';
import type { Recorder } from '#trace/recorder.ts';
import { createStepDebugger, type StepDebugger } from '#trace/step-debugger.ts';
import { tracedFetch, type RetryReason, type TracedFetch } from '#trace/traced-fetch.ts';

import type { DpopKeyRef, DpopSigner } from './dpop.ts';
import type { MetadataCache, DiscoveryOptions } from './metadata-cache.ts';

/** The only way to send requests: each one is size- and time-limited, recorded, and tagged with its flow. */
export interface HttpClient {
  /**
   * Returns the context the protocol functions need for one flow. Metadata may come from the cache, unless `fresh` is
   * set. With `bound`, every request made for the grant carries a DPoP proof (DPOP-3).
   */
  forFlow(tag: TraceTag, signal?: AbortSignal, options?: FlowOptions): FlowContext;
  /**
   * Returns a fetch for one API call. With `bound`, it proves the key the token is bound to (DPOP-4). `because` marks a
   * retry and says why.
   */
  apiFetch(tag: TraceTag, bound?: DpopKeyRef, because?: RetryReason): Fetch;
  recorder: Recorder;
  /** Pauses each step while the user steps through a flow. */
  stepper: StepDebugger;
  /**
   * Resolves when a step that sends no request may proceed.
   * @throws OAuthError `cancelled`
   */
  waitForStep(tag: TraceTag, step: 'redirect-out' | 'redirect-back', signal?: AbortSignal): Promise<void>;
  now: () => number;
}

export interface FlowOptions extends DiscoveryOptions {
  bound?: DpopKeyRef;
}

/** A refresh may take longer than a user would wait: its response may hold the only valid refresh token. */
const REFRESH_LIMITS: FetchLimits = { ...PROTOCOL_LIMITS, timeoutMs: 45_000 };
const API_LIMITS: FetchLimits = { timeoutMs: 30_000, maxBytes: 5 * 1024 * 1024 };

export interface HttpClientOptions {
  fetch: Fetch;
  recorder: Recorder;
  now: () => number;
  /** True if the page's own host is loopback (DISC-9). */
  allowLoopbackHttp: boolean;
  dpop: DpopSigner;
  /** Without it, metadata is always fetched. */
  metadataCache?: MetadataCache;
  /** Without it, no step is ever paused. */
  stepper?: StepDebugger;
}

const DISCOVERY: ReadonlySet<ProtocolStep> = new Set(['resource-probe', 'resource-metadata', 'server-metadata']);
const DPOP_STEPS: ReadonlySet<ProtocolStep> = new Set(['par', 'token-request', 'userinfo', 'refresh', 'revocation']);

/** Creates the HTTP client around the platform's fetch. */
export function createHttpClient({
  fetch,
  recorder,
  now,
  allowLoopbackHttp,
  dpop,
  metadataCache,
  stepper = createStepDebugger(),
}: HttpClientOptions): HttpClient {
  const waitForStep = async (tag: TraceTag, step: string, signal?: AbortSignal): Promise<void> => {
    try {
      await stepper.waitFor(tag, step, signal);
    } catch (cause) {
      throw new OAuthError('cancelled', 'step cancelled', { cause });
    }
  };
  const traced = (limits: FetchLimits, tag: TraceTag, step: string): TracedFetch => {
    const send = tracedFetch(boundedFetch(fetch, limits), recorder, tag, step, now);
    return async (input, init, because) => {
      if (stepper.state().kind === 'stepping') await waitForStep(tag, step, init?.signal ?? undefined);
      return send(input, init, because);
    };
  };
  return {
    forFlow: (tag, signal, { bound, ...asked } = {}) => ({
      fetchFor(step) {
        const fetchOnce = traced(step === 'refresh' ? REFRESH_LIMITS : PROTOCOL_LIMITS, tag, step);
        if (bound && DPOP_STEPS.has(step)) return dpop.through(fetchOnce, 'authorization', bound);
        if (!metadataCache || !DISCOVERY.has(step)) return fetchOnce;
        return metadataCache.through(fetchOnce, {
          ...asked,
          onCached: (url) => {
            recorder.record(tag, { type: 'metadata-cache-hit', step, url: maskUrl(url) });
            asked.onCached?.(url);
          },
        });
      },
      onCheck: (check) => void recorder.record(tag, { type: 'check', ...check }),
      allowLoopbackHttp,
      signal,
    }),
    apiFetch(tag, bound, because) {
      const send = traced(API_LIMITS, tag, 'api-call');
      const fetchOnce: TracedFetch = because ? (input, init, again) => send(input, init, again ?? because) : send;
      return bound ? dpop.through(fetchOnce, 'resource', bound) : fetchOnce;
    },
    recorder,
    stepper,
    waitForStep,
    now,
  };
}
