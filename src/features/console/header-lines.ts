/** Why a line is not a header that may be sent; `line` counts from 1. */
export type HeaderProblem =
  | { kind: 'no-colon'; line: number }
  | { kind: 'invalid-name'; line: number; name: string }
  | { kind: 'invalid-value'; line: number; name: string }
  /** The app sets this header itself; letting the user set it could send a different token. */
  | { kind: 'credential'; line: number; name: string }
  /** Only the browser may set this header. */
  | { kind: 'forbidden'; line: number; name: string };

export type HeaderLines =
  { kind: 'headers'; headers: Readonly<Record<string, string>> } | { kind: 'problem'; problem: HeaderProblem };

/** RFC 9110 §5.6.2 */
const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** A header value as Fetch accepts it: no line break, no NUL, one byte per character. */
const VALUE = /^[\u0001-\u0009\u000b\u000c\u000e-\u00ff]*$/; // oxlint-disable-line no-control-regex -- they are allowed
const CREDENTIALS = new Set(['authorization', 'cookie', 'cookie2', 'dpop', 'proxy-authorization', 'set-cookie']);
/** Fetch Standard, "forbidden request-header": the browser drops these silently. */
const FORBIDDEN = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-local-network',
  'access-control-request-method',
  'access-control-request-private-network',
  'connection',
  'content-length',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);
const METHOD_OVERRIDES = new Set(['x-http-method', 'x-http-method-override', 'x-method-override']);
const FORBIDDEN_METHOD = /(?:^|,)\s*(?:connect|trace|track)\s*(?:,|$)/i;

/** Parses lines of `name: value`, ignoring empty lines. A repeated name gets both values (RFC 9110 §5.3). */
export function readHeaderLines(text: string): HeaderLines {
  const headers = new Map<string, [name: string, value: string]>();
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(line) ?? [];
    const problem = problemOf(line.includes(':'), name.trim(), value.trim());
    if (problem) return { kind: 'problem', problem: { ...problem, line: index + 1 } };
    const key = name.trim().toLowerCase();
    const [spelling, before] = headers.get(key) ?? [name.trim()];
    headers.set(key, [spelling, before === undefined ? value.trim() : `${before}, ${value.trim()}`]);
  }
  return { kind: 'headers', headers: Object.fromEntries(headers.values()) };
}

type WithoutLine<Problem> = Problem extends HeaderProblem ? Omit<Problem, 'line'> : never;

function problemOf(hasColon: boolean, name: string, value: string): WithoutLine<HeaderProblem> | undefined {
  if (!hasColon) return { kind: 'no-colon' };
  if (!TOKEN.test(name)) return { kind: 'invalid-name', name };
  const key = name.toLowerCase();
  if (CREDENTIALS.has(key)) return { kind: 'credential', name };
  const isForbidden =
    FORBIDDEN.has(key) || /^(?:proxy|sec)-/.test(key) || (METHOD_OVERRIDES.has(key) && FORBIDDEN_METHOD.test(value));
  if (isForbidden) return { kind: 'forbidden', name };
  return VALUE.test(value) ? undefined : { kind: 'invalid-value', name };
}
