import { QueryClient } from '@tanstack/react-query';

import { ApiError, type ApiErrorCode } from './errors.ts';

/** Worth another try by itself: what a moment may mend. Authorization errors are not among them (API-6). */
const PASSING: ReadonlySet<ApiErrorCode> = new Set(['unreachable', 'timed-out', 'server-fault', 'rate-limited']);

/** Whether a failed read is tried again: twice, and only after a passing fault. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && PASSING.has(error.code);
}

/** The query client of the app. Mutations are never repeated by it: whether one arrived is not known (API-6). */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 15_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
