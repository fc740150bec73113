import type { ApiError } from '#api/errors.ts';
import { ConnectionError } from '#connections/errors.ts';
import { resourceConsole } from '#messages/en/console.ts';

const t = resourceConsole.failures;

/** Returns why there is no response, and what helps. */
export function failureText(service: string, { code, cause, status }: ApiError): { title: string; text: string } {
  const isRefresh = cause instanceof ConnectionError && cause.code === 'refresh-failed';
  const { title, text } = isRefresh ? t.notRenewed(service) : t.codes[code](service);
  return { title: status === undefined ? title : t.withStatus(title, status), text };
}
