import { shellWord, type ShellText } from './shell-text.ts';

/** A request as curl is told of it. */
export interface CurlRequest {
  method: string;
  url: ShellText;
  /** Names are header names (RFC 9110 §5.1). */
  headers: readonly (readonly [name: string, value: ShellText])[];
  /** Parts of a body, which curl joins by `&`. */
  data: readonly (readonly [option: '--data-raw' | '--data-urlencode', text: ShellText])[];
}

/** The command that sends a request from a POSIX shell, one option on each line. */
export function curlCommand({ method, url, headers, data }: CurlRequest): string {
  return [
    ['curl', ...globbing(url), ...methodOption(method, data.length > 0), shellWord(url)],
    // curl leaves a header out that ends with its colon; the semicolon sends it empty.
    ...headers.map(([name, value]) => ['-H', shellWord(isEmpty(value) ? [`${name};`] : [`${name}: `, ...value])]),
    ...data.map(([option, text]) => [option, shellWord(text)]),
  ]
    .map((words) => words.join(' '))
    .join(' \\\n  ');
}

/** Its own pattern signs may stand in a query. */
function globbing(url: ShellText): string[] {
  return url.some((part) => typeof part === 'string' && /[[\]{}]/.test(part)) ? ['--globoff'] : [];
}

function methodOption(method: string, hasData: boolean): string[] {
  if (method === 'GET' && !hasData) return [];
  // With -X it would wait for a body that a HEAD has not.
  return method === 'HEAD' ? ['--head'] : ['-X', /^[A-Z]+$/.test(method) ? method : shellWord([method])];
}

function isEmpty(text: ShellText): boolean {
  return text.every((part) => part === '');
}
