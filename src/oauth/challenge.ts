/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). Scheme and parameter names are lower case. */
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
 * Parses every challenge of a header value (API-4): comma-joined challenges, quoted strings with escapes, token68.
 * A malformed header is no information: the answer is then empty, never a guess.
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

/** The challenge of the Bearer scheme (RFC 6750 §3); of several, as from a gateway and the API behind it, the first that says why. */
export function bearerChallenge(header: string | null): Challenge | undefined {
  const challenges = parseChallenges(header).filter(({ scheme }) => scheme === 'bearer');
  return challenges.find(({ parameters }) => parameters.error !== undefined) ?? challenges[0];
}

/** The challenge that names the resource's metadata, whatever its scheme (RFC 9728 §5.1); else that of the Bearer scheme. */
export function resourceChallenge(header: string | null): Challenge | undefined {
  const naming = parseChallenges(header).find(({ parameters }) => parameters.resource_metadata !== undefined);
  return naming ?? bearerChallenge(header);
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
      reader.position = start; // what follows the comma is the next challenge
      break;
    }
    if (parameter.name in parameters) return undefined;
    parameters[parameter.name] = parameter.value;
    count += 1;
  }
  if (count === 0) reader.take(TOKEN68); // credentials-like data, of no use to us
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

/** Walks a string by sticky patterns. */
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
