/** A JSON value and its position. An object is a Map, so that no member name (`__proto__`) has a special meaning. */
export interface JsonNode {
  /** The path from the root, such as `services[0].name`; empty for the root. */
  path: string;
  /** Starts at 1; for a member, the line of its name. */
  line: number;
  value: string | number | boolean | null | JsonNode[] | Map<string, JsonNode>;
  /** Duplicate members of an object. The Map holds the last value of each name, as JSON.parse does. */
  repeated?: readonly JsonNode[];
}

export type JsonLines = { kind: 'read'; root: JsonNode } | { kind: 'unreadable'; line: number; message: string };

interface Token {
  /** Empty at the end of the text. */
  text: string;
  line: number;
}
type Next = () => Token;
type Position = Pick<JsonNode, 'path' | 'line'>;

const MAX_DEPTH = 32;
const MAX_NAME_SHOWN = 60;

/**
 * Parses JSON (RFC 8259) and records the line of every value, which JSON.parse does not report. If the text is not
 * JSON, or is nested more than 32 levels deep, returns the line and the reason; that message repeats at most one
 * character of the text.
 */
export function parseJsonLines(text: string): JsonLines {
  const next = scannerOf(text);
  try {
    const first = next();
    const root = readValue(first, next, { path: '', line: first.line }, 0);
    const rest = next();
    if (rest.text !== '') throw new NotJson(rest, 'the end of the file');
    return { kind: 'read', root };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { kind: 'unreadable', line: error.line, message: error.message };
  }
}

/**
 * Returns a function that reads one token at a time: a punctuation character, a whole string, a word or a number.
 * Strings can't span lines.
 */
function scannerOf(text: string): Next {
  const space = /[ \t\r\n]*/y;
  // The string pattern is unrolled so that it never backtracks, however long an unclosed string is.
  const token = /[{}[\],:]|"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"|[-+.\w]+|[^]/uy;
  let line = 1;
  return () => {
    const [whitespace = ''] = space.exec(text) ?? [];
    line += whitespace.match(/\r\n|\r|\n/g)?.length ?? 0;
    token.lastIndex = space.lastIndex;
    const [found = ''] = token.exec(text) ?? [];
    space.lastIndex = found === '' ? text.length : token.lastIndex;
    return { text: found, line };
  };
}

function readValue(token: Token, next: Next, position: Position, depth: number): JsonNode {
  if (depth > MAX_DEPTH) throw new NotJson(token, `at most ${MAX_DEPTH} levels`);
  if (token.text === '{') return readObject(next, position, depth);
  if (token.text === '[') return readArray(next, position, depth);
  return { ...position, value: readScalar(token, 'a value') };
}

function readObject(next: Next, position: Position, depth: number): JsonNode {
  const value = new Map<string, JsonNode>();
  const repeated: JsonNode[] = [];
  let token = next();
  if (token.text === '}') return { ...position, value, repeated };
  for (;;) {
    const name = readScalar(token, 'a name in double quotes');
    if (typeof name !== 'string') throw new NotJson(token, 'a name in double quotes');
    const colon = next();
    if (colon.text !== ':') throw new NotJson(colon, 'a colon after the name');
    const path = (position.path === '' ? '' : `${position.path}.`) + name.slice(0, MAX_NAME_SHOWN);
    const node = readValue(next(), next, { path, line: token.line }, depth + 1);
    if (value.has(name)) repeated.push(node);
    value.set(name, node);
    const after = next();
    if (after.text === '}') return { ...position, value, repeated };
    if (after.text !== ',') throw new NotJson(after, 'a comma or }');
    token = next();
  }
}

function readArray(next: Next, position: Position, depth: number): JsonNode {
  const value: JsonNode[] = [];
  let token = next();
  if (token.text === ']') return { ...position, value };
  for (;;) {
    const path = `${position.path}[${value.length}]`;
    value.push(readValue(token, next, { path, line: token.line }, depth + 1));
    const after = next();
    if (after.text === ']') return { ...position, value };
    if (after.text !== ',') throw new NotJson(after, 'a comma or ]');
    token = next();
  }
}

function readScalar(token: Token, expected: string): string | number | boolean | null {
  try {
    const value: unknown = JSON.parse(token.text);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return value;
    }
  } catch {
    // Reported below, with a message that is the same in every browser.
  }
  throw new NotJson(token, expected);
}

class NotJson extends Error {
  readonly line: number;

  constructor({ text, line }: Token, expected: string) {
    super(`Not JSON: expected ${expected}, found ${foundIn(text)}.`);
    this.line = line;
  }
}

function foundIn(text: string): string {
  if (text === '') return 'the end of the file';
  if (text === '"') return 'a string that isn’t closed on its line';
  if (text === '/' || text === '#') return `${text} (JSON has no comments)`;
  if (text.startsWith('"')) return 'a string, perhaps with a character that needs a backslash';
  return text.length > 2 ? 'a word or number' : text;
}
