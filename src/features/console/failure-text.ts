import type { ApiError, ApiErrorCode } from '#api/errors.ts';
import { ConnectionError } from '#connections/errors.ts';
import { resourceConsole } from '#messages/en/console.ts';

import type { Method } from './request.ts';

const t = resourceConsole.failures;

/** The failures after which the service may have processed the request: its response was lost, or says nothing about it. */
const MAY_HAVE_BEEN_PROCESSED: ReadonlySet<ApiErrorCode> = new Set([
  'unreachable',
  'timed-out',
  'cancelled',
  'malformed-response',
  // The service may reject the second of two copies that the browser sent.
  'invalid-dpop-proof',
]);

/** Returns why there is no response, what may have happened all the same, and what helps. */
export function failureText(
  service: string,
  method: Method,
  { code, cause, status }: ApiError,
): { title: string; text: string } {
  const isRefresh = cause instanceof ConnectionError && cause.code === 'refresh-failed';
  const { title, text } = isRefresh ? t.notRenewed(service) : t.codes[code](service);
  const effect = !isRefresh && MAY_HAVE_BEEN_PROCESSED.has(code) ? effectText(method, code) : undefined;
  return {
    title: status === undefined ? title : t.withStatus(title, status),
    text: effect === undefined ? text : `${text} ${effect}`,
  };
}

/** Returns what to say of the request's effect. A GET has none worth a warning, unless the user stopped waiting for it. */
function effectText(method: Method, code: ApiErrorCode): string | undefined {
  if (method !== 'GET') return t.mayHaveBeenProcessed.change(method);
  return code === 'timed-out' || code === 'cancelled' ? t.mayHaveBeenProcessed.read : undefined;
}
