import type { FlowContext } from '#oauth/flow-context.ts';
import type { ProtocolStep } from '#oauth/protocol-step.ts';

/**
 * Returns a context in which a GET request of a later step is sent now. The first matching request of that step gets
 * its response; later ones are sent as usual. Use it for requests that will be needed while the user waits for
 * something else.
 */
export function withPrefetch(context: FlowContext, step: ProtocolStep, url: string): FlowContext {
  const send = context.fetchFor(step);
  const early = send(url, { headers: { accept: 'application/json' }, signal: context.signal ?? null });
  let isTaken = false;
  // The caller that uses the response handles the error.
  early.catch(() => undefined);
  return {
    ...context,
    fetchFor(wanted) {
      if (wanted !== step) return context.fetchFor(wanted);
      return async (input, init) => {
        if (isTaken || urlOf(input) !== url) return send(input, init);
        isTaken = true;
        return early;
      };
    },
  };
}

const urlOf = (input: string | URL | Request): string => (input instanceof Request ? input.url : new URL(input).href);
