import { curlCommand } from '#trace/export/curl-command.ts';

import { hasContentType, type ReadyRequest } from './request.ts';

/** What fetch calls a text body that nobody has named. */
const TEXT_TYPE = 'text/plain;charset=UTF-8';

/** The command that sends the same request from a POSIX shell. The token is masked: it belongs in no clipboard. */
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
