import type { ConnectionStore } from '#connections/store/connection-store.ts';
import type { Connection } from '#connections/store/connection-view.ts';

import type { AccessTokens } from './access-tokens.ts';

export interface ResumeDeps {
  connections: ConnectionStore;
  tokens: Pick<AccessTokens, 'resume'>;
  now: () => number;
  onError: (error: unknown) => void;
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Goes on with refreshes that were interrupted or put off, without anybody's pressing anything: when the app starts (a tab may have
 * died over one), when the network or the page comes back, and when a wait is over while the page is seen.
 */
export function resumeRefreshes({ connections, tokens, now, onError }: ResumeDeps): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const all = (): Connection[] =>
    (connections.views() ?? []).flatMap(({ id }) => {
      const connection = connections.find(id);
      return connection ? [connection] : [];
    });
  const resume = (which: (connection: Connection) => boolean): void => {
    for (const { id } of all().filter(which)) tokens.resume(id).catch(onError);
  };
  /** One timer, for the wait that is over first. */
  const schedule = (): void => {
    clearTimeout(timer);
    if (document.visibilityState !== 'visible') return;
    const waits = all().flatMap(({ state }) => (state.kind === 'waiting' ? [state.until] : []));
    if (waits.length === 0) return;
    const delay = Math.max(0, Math.min(...waits) - now());
    timer = setTimeout(() => resume(isOver), Math.min(delay, MAX_TIMEOUT_MS));
  };
  const isOver = ({ state }: Connection): boolean => state.kind === 'waiting' && state.until <= now();
  /** What the network alone was in the way of need not wait any longer; a server that asked for time gets it. */
  const isReachableAgain = ({ state }: Connection): boolean =>
    state.kind === 'waiting' &&
    (state.until <= now() || state.because === 'unreachable' || state.because === 'timed-out');
  const onBack = (): void => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return;
    resume(isReachableAgain);
    schedule();
  };

  connections.subscribe(schedule);
  addEventListener('online', onBack);
  addEventListener('pageshow', onBack);
  document.addEventListener('visibilitychange', onBack);
  const begin = async (): Promise<void> => {
    await connections.ready;
    resume(({ journal }) => journal?.kind === 'in-flight');
    schedule();
  };
  begin().catch(onError);
}
