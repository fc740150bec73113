import { hasContentType, type ReadyRequest } from './request.ts';

/** What fetch calls a text body that nobody has named. */
const TEXT_TYPE = 'text/plain;charset=UTF-8';

/** The command that sends the same request from a POSIX shell. The token is masked: it belongs in no clipboard. */
export function curlCommand({ method, url, headers, body }: Omit<ReadyRequest, 'path'>): string {
  const needsType = body !== undefined && !hasContentType(headers);
  const lines = Object.entries({ ...headers, ...(needsType && { 'Content-Type': TEXT_TYPE }) });
  return [
    // Its own pattern signs may stand in a query.
    ['curl', ...(/[[\]{}]/.test(url) ? ['--globoff'] : []), ...(method === 'GET' ? [] : ['-X', method]), quoted(url)],
    ['-H', quoted('Authorization: Bearer ••••')],
    // curl leaves a header out that ends with its colon; the semicolon sends it empty.
    ...lines.map(([name, value]) => ['-H', quoted(value === '' ? `${name};` : `${name}: ${value}`)]),
    ...(body === undefined ? [] : [['--data-raw', quoted(body)]]),
  ]
    .map((words) => words.join(' '))
    .join(' \\\n  ');
}

/** One word for a POSIX shell, whatever stands in it (POSIX.1-2017 XCU §2.2.2). */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
