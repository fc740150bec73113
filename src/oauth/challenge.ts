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

/**
 * The challenge that is about access tokens, of the Bearer or the DPoP scheme (RFC 6750 §3, RFC 9449 §7.1): of several the
 * first that gives a reason.
 */
export function tokenChallenge(header: string | null): Challenge | undefined {
  const ours = parseChallenges(header).filter(({ scheme }) => scheme === 'bearer' || scheme === 'dpop');
  return ours.find(({ parameters }) => parameters.error !== undefined) ?? ours[0];
}

/** Whether a refusal asks for bound tokens, and for no other (RFC 9449 §7.1). */
export function demandsBoundToken(header: string | null): boolean {
  const schemes = new Set(parseChallenges(header).map(({ scheme }) => scheme));
  return schemes.has('dpop') && !schemes.has('bearer');
}

/** What a resource says it can check proofs with, in its refusal (RFC 9449 §7.1); undefined where it says nothing of it. */
export function proofAlgorithms(header: string | null): readonly string[] | undefined {
  const challenge = parseChallenges(header).find(({ scheme, parameters }) => scheme === 'dpop' && parameters.algs);
  return challenge?.parameters.algs?.split(' ').filter((name) => name !== '');
}

/** The address of its metadata that a resource's refusal names, in a challenge of whichever scheme (RFC 9728 §5.1). */
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
