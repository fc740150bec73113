import type { Method } from './request.ts';

/** One request that was sent from this page: no header, no body, no token. */
export interface PastRequest {
  id: number;
  method: Method;
  path: string;
  /** Undefined where no answer came. */
  status: number | undefined;
  /** When it was sent, in milliseconds since 1970. */
  at: number;
}

const KEPT = 20;

/** The history with one more request, newest first; the oldest go. */
export function withPast(history: readonly PastRequest[], past: Omit<PastRequest, 'id'>): readonly PastRequest[] {
  return [{ ...past, id: (history[0]?.id ?? 0) + 1 }, ...history].slice(0, KEPT);
}
