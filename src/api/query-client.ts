import { QueryClient } from '@tanstack/react-query';

import { ApiError, type ApiErrorCode } from './errors.ts';

/** Errors that may be transient and so are retried automatically. Authorization errors are not among them (API-6). */
const PASSING: ReadonlySet<ApiErrorCode> = new Set(['unreachable', 'timed-out', 'http-5xx', 'rate-limited']);

/** Returns true if a failed read should be retried: at most twice, and only after a transient error. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && PASSING.has(error.code);
}

/** Creates the app's query client. It never repeats a mutation, because the first attempt may have succeeded (API-6). */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 15_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
