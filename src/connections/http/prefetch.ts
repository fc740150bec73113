import type { Exchange } from '#oauth/exchange.ts';
import type { ExchangeStep } from '#oauth/step.ts';

/**
 * An exchange of which one request of a later step is sent now: whoever takes that step is given what comes of it, once. For what
 * is known to be needed while the person waits for something else.
 */
export function askedEarly(exchange: Exchange, step: ExchangeStep, address: string): Exchange {
  const send = exchange.fetchFor(step);
  const early = send(address, { headers: { accept: 'application/json' }, signal: exchange.signal });
  let isTaken = false;
  // How it ends is for whoever takes it.
  early.catch(() => undefined);
  return {
    ...exchange,
    fetchFor(wanted) {
      if (wanted !== step) return exchange.fetchFor(wanted);
      return async (input, init) => {
        if (isTaken || addressOf(input) !== address) return send(input, init);
        isTaken = true;
        return early;
      };
    },
  };
}

const addressOf = (input: string | URL | Request): string =>
  input instanceof Request ? input.url : new URL(input).href;
