import type { Observable } from '#lib/observable.ts';

/** How long a server that failed to revoke has to recover, in milliseconds. */
const RESEND_MS = 5 * 60_000;

/**
 * Sends the queued revocations again while any of them waits for a server: one that failed comes back without an event. Sets no
 * timer while nothing waits.
 * @param hasUnsent notifies after each attempt
 */
export function resendWhileUnsent(hasUnsent: Observable<boolean>, send: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  hasUnsent.subscribe(() => {
    clearTimeout(timer);
    if (hasUnsent.get()) timer = setTimeout(send, RESEND_MS);
  });
}
