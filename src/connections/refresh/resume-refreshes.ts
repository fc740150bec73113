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
 * Resumes interrupted or postponed refreshes without user interaction: when the app starts, because a tab may have crashed during
 * one; when the network returns or the page becomes visible; and when a backoff ends while the page is visible.
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
  /** Sets the single timer to the backoff that ends first. */
  const schedule = (): void => {
    clearTimeout(timer);
    if (document.visibilityState !== 'visible') return;
    const waits = all().flatMap(({ state }) => (state.kind === 'waiting' && !state.refusal ? [state.until] : []));
    if (waits.length === 0) return;
    const delay = Math.max(0, Math.min(...waits) - now());
    timer = setTimeout(() => resume(isDue), Math.min(delay, MAX_TIMEOUT_MS));
  };
  const isDue = ({ state }: Connection): boolean => state.kind === 'waiting' && state.until <= now();
  /** Returns true if only the network caused the wait, or if the wait has ended. A server's own backoff is respected. */
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
