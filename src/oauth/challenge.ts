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

/**
 * Parses every challenge of a header value (API-4): comma-joined challenges, quoted strings with escapes, token68. Returns an
 * empty list for a malformed header rather than guessing.
 */
export function parseChallenges(header: string | null): Challenge[] {
  if (header === null) return [];
  const reader = new Reader(header.trim());
  const challenges: Challenge[] = [];
  while (!reader.atEnd) {
    const challenge = readChallenge(reader);
    if (!challenge) return [];
    challenges.push(challenge);
    if (!reader.atEnd && reader.take(SEPARATOR) === undefined) return [];
  }
  return challenges;
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

function readChallenge(reader: Reader): Challenge | undefined {
  const scheme = reader.take(TOKEN)?.toLowerCase();
  if (scheme === undefined) return undefined;
  if (reader.take(SPACE) === undefined) return { scheme, parameters: {} };
  const parameters: Record<string, string> = Object.create(null);
  let count = 0;
  for (;;) {
    const start = reader.position;
    if (count > 0 && reader.take(SEPARATOR) === undefined) break;
    const parameter = readParameter(reader);
    if (!parameter) {
      reader.position = start; // the next challenge starts after the comma
      break;
    }
    if (parameter.name in parameters) return undefined;
    parameters[parameter.name] = parameter.value;
    count += 1;
  }
  if (count === 0) reader.take(TOKEN68); // token68 data, which the app does not use
  return { scheme, parameters: { ...parameters } };
}

function readParameter(reader: Reader): { name: string; value: string } | undefined {
  const name = reader.take(TOKEN)?.toLowerCase();
  if (name === undefined || reader.take(EQUALS) === undefined) return undefined;
  const quoted = reader.take(QUOTED);
  if (quoted !== undefined) return { name, value: quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1') };
  const value = reader.take(TOKEN);
  return value === undefined ? undefined : { name, value };
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

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.#text)?.[0];
    if (match !== undefined) this.position += match.length;
    return match;
  }
}
