import { shellWord, type ShellText } from './shell-text.ts';

/** A request in terms of curl's options. */
export interface CurlRequest {
  method: string;
  url: ShellText;
  /** Header names and values; names must be valid (RFC 9110 §5.1). */
  headers: readonly (readonly [name: string, value: ShellText])[];
  /** Parts of a body, which curl joins with `&`. */
  data: readonly (readonly [option: '--data-raw' | '--data-urlencode', text: ShellText])[];
}

/** Returns the command that sends a request from a POSIX shell, with one option per line. */
export function curlCommand({ method, url, headers, data }: CurlRequest): string {
  return [
    ['curl', ...globbing(url), ...methodOption(method, data.length > 0), shellWord(url)],
    // curl omits a header that ends with its colon; a semicolon sends it with an empty value.
    ...headers.map(([name, value]) => ['-H', shellWord(isEmpty(value) ? [`${name};`] : [`${name}: `, ...value])]),
    ...data.map(([option, text]) => [option, shellWord(text)]),
  ]
    .map((parts) => parts.join(' '))
    .join(' \\\n  ');
}

/** Disables curl's URL globbing if the URL contains its special characters. */
function globbing(url: ShellText): string[] {
  return url.some((part) => typeof part === 'string' && /[[\]{}]/.test(part)) ? ['--globoff'] : [];
}

function methodOption(method: string, hasData: boolean): string[] {
  if (method === 'GET' && !hasData) return [];
  // With -X, curl would wait for a body that a response to HEAD does not have.
  return method === 'HEAD' ? ['--head'] : ['-X', /^[A-Z]+$/.test(method) ? method : shellWord([method])];
}

function isEmpty(text: ShellText): boolean {
  return text.every((part) => part === '');
}
