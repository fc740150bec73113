import type { FlowContext } from '#oauth/flow-context.ts';
import type { ProtocolStep } from '#oauth/protocol-step.ts';

/**
 * An exchange of which one request of a later step is sent now: whoever takes that step is given what comes of it, once. For what
 * is known to be needed while the person waits for something else.
 */
export function withPrefetch(context: FlowContext, step: ProtocolStep, address: string): FlowContext {
  const send = context.fetchFor(step);
  const early = send(address, { headers: { accept: 'application/json' }, signal: context.signal });
  let isTaken = false;
  // How it ends is for whoever takes it.
  early.catch(() => undefined);
  return {
    ...context,
    fetchFor(wanted) {
      if (wanted !== step) return context.fetchFor(wanted);
      return async (input, init) => {
        if (isTaken || urlOf(input) !== address) return send(input, init);
        isTaken = true;
        return early;
      };
    },
  };
}

const urlOf = (input: string | URL | Request): string => (input instanceof Request ? input.url : new URL(input).href);
