/** A challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). Scheme and parameter names are lower case. */
export interface Challenge {
  scheme: string;
  parameters: Readonly<Record<string, string>>;
}

const TOKEN = /[!#$%&'*+\-.^_`|~\w]+/y;
const TOKEN68 = /[A-Za-z\d\-._~+/]+=*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SPACE = /[ \t]+/y;
const SEPARATOR = /[ \t]*(?:,[ \t]*)+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
/** A value that lacks its quotes, such as a URL. */
const UNQUOTED = /[^\s,"=][^\s,"]*/y;
const UP_TO_COMMA = /[^,]+/y;

/** The readable challenges of a header, and whether anything in it breaks the rules. */
interface ReadChallenges {
  challenges: Challenge[];
  isMalformed: boolean;
}

/**
 * Parses every challenge of a header value (API-4): comma-joined challenges, quoted strings with escapes, token68, and empty
 * list elements (RFC 9110 §5.6.1.2). Of a malformed header it returns what can be read: a value without quotes, parameters
 * without a comma between them, the first of two parameters with one name, and the challenges beside an unreadable part.
 */
export function parseChallenges(header: string | null): Challenge[] {
  return readChallenges(header).challenges;
}

/** Returns true if the header breaks the rules for challenges (RFC 9110 §11.6.1), for a report to its operator. */
export function hasMalformedChallenge(header: string | null): boolean {
  return readChallenges(header).isMalformed;
}

/**
 * Returns the challenge for access tokens, of the Bearer or DPoP scheme (RFC 6750 §3, RFC 9449 §7.1). If there are several,
 * prefers the first that has an `error`.
 */
export function tokenChallenge(header: string | null): Challenge | undefined {
  const ours = parseChallenges(header).filter(({ scheme }) => scheme === 'bearer' || scheme === 'dpop');
  return ours.find(({ parameters }) => parameters.error !== undefined) ?? ours[0];
}

/** Returns true if the challenges accept DPoP-bound tokens only (RFC 9449 §7.1). */
export function requiresDpop(header: string | null): boolean {
  const schemes = new Set(parseChallenges(header).map(({ scheme }) => scheme));
  return schemes.has('dpop') && !schemes.has('bearer');
}

/** Returns the proof algorithms that a resource lists in its challenge (RFC 9449 §7.1); undefined if it lists none. */
export function proofAlgorithms(header: string | null): readonly string[] | undefined {
  const challenge = parseChallenges(header).find(({ scheme, parameters }) => scheme === 'dpop' && parameters.algs);
  return challenge?.parameters.algs?.split(' ').filter((name) => name !== '');
}

/** Returns the metadata URL that a resource names in a challenge of any scheme (RFC 9728 §5.1). */
export function challengedMetadataUrl(header: string | null): string | undefined {
  const challenge = parseChallenges(header).find(({ parameters }) => parameters.resource_metadata !== undefined);
  return challenge?.parameters.resource_metadata;
}

function readChallenges(header: string | null): ReadChallenges {
  const reader = new Reader((header ?? '').trim());
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let isMalformed = false;
  for (let isFirst = true; !reader.atEnd; isFirst = false) {
    const isElement = reader.take(SEPARATOR) !== undefined || isFirst;
    const isSeparated = isElement || reader.take(SPACE) !== undefined;
    if (reader.atEnd) break;
    const current = challenges.at(-1);
    const parameter = isSeparated ? readParameter(reader) : undefined;
    const scheme = isElement && !parameter ? reader.take(TOKEN)?.toLowerCase() : undefined;
    if (scheme !== undefined) {
      challenges.push({ scheme, parameters: new Map() });
      isMalformed = !readStart(reader) || isMalformed;
    } else if (parameter && current && !current.parameters.has(parameter.name)) {
      const { name, value, isQuotable } = parameter;
      const isNext = isElement || current.parameters.size === 0;
      isMalformed ||= isQuotable || !isNext;
      current.parameters.set(name, value);
    } else {
      isMalformed = true;
      if (!parameter) reader.take(UP_TO_COMMA);
    }
  }
  return {
    challenges: challenges.map((one) => ({ ...one, parameters: Object.fromEntries(one.parameters) })),
    isMalformed,
  };
}

/** Skips token68 data after a scheme, which the app does not use. Returns false if something unreadable follows the scheme. */
function readStart(reader: Reader): boolean {
  const start = reader.position;
  if (reader.take(SPACE) === undefined) return reader.atEnd || reader.isAt(SEPARATOR);
  const hasParameter = reader.isAt(TOKEN) && readParameter(reader) !== undefined;
  reader.position = start;
  if (hasParameter) return true;
  reader.take(SPACE);
  return reader.take(TOKEN68) === undefined ? reader.atEnd || reader.isAt(SEPARATOR) : true;
}

/** Reads `name=value`, and stays where it is if there is none. `isQuotable` if the value needs quotes and has none. */
function readParameter(reader: Reader): { name: string; value: string; isQuotable: boolean } | undefined {
  const start = reader.position;
  const name = reader.take(TOKEN)?.toLowerCase();
  if (name !== undefined && reader.take(EQUALS) !== undefined) {
    const quoted = reader.take(QUOTED);
    if (quoted !== undefined) {
      return { name, value: quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1'), isQuotable: false };
    }
    const value = reader.take(UNQUOTED);
    if (value !== undefined) return { name, value, isQuotable: !/^[!#$%&'*+\-.^_`|~\w]+$/.test(value) };
  }
  reader.position = start;
  return undefined;
}

/** Reads a string with sticky patterns. */
class Reader {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  isAt(pattern: RegExp): boolean {
    const { position } = this;
    const isHere = this.take(pattern) !== undefined;
    this.position = position;
    return isHere;
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.#text)?.[0];
    if (match !== undefined) this.position += match.length;
    return match;
  }
}
