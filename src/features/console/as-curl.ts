import { curlCommand } from '#trace/export/curl-command.ts';

import { hasContentType, type ReadyRequest } from './request.ts';

/** The Content-Type that fetch gives a text body by default. */
const TEXT_TYPE = 'text/plain;charset=UTF-8';

/** Returns a POSIX shell command for the same request. The token is masked: it must not reach the clipboard. */
export function curlOf({ method, url, headers, body }: Omit<ReadyRequest, 'path'>): string {
  const needsType = body !== undefined && !hasContentType(headers);
  const all = { Authorization: 'Bearer ••••', ...headers, ...(needsType && { 'Content-Type': TEXT_TYPE }) };
  return curlCommand({
    method,
    url: [url],
    headers: Object.entries(all).map(([name, value]) => [name, [value]]),
    data: body === undefined ? [] : [['--data-raw', [body]]],
  });
}
