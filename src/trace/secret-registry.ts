/** Shorter ones are words that may stand anywhere. */
const SHORTEST = 12;
const MOST = 16;

/** The latest secrets that went over this page's wire, newest first; in memory alone. */
let known: readonly string[] = [];
/** A secret that another one begins with would else be hidden first, and the rest of the other one be shown. */
let longestFirst = known;
/** Their least length: most of what is recorded has no room for one. */
let least = Infinity;

/** Remembers a secret, so that it is known again wherever a server repeats it: in a sentence, a path, under a name of its own. */
export function registerSecret(secret: string): void {
  const text = decoded(secret);
  if (text.length < SHORTEST || known.includes(text)) return;
  keep([text, ...known].slice(0, MOST));
}

/** Forgets them all, as a page that was just opened. */
export function forgetSecrets(): void {
  keep([]);
}

function keep(secrets: readonly string[]): void {
  known = secrets;
  longestFirst = secrets.toSorted((one, other) => other.length - one.length);
  least = longestFirst.at(-1)?.length ?? Infinity;
}

/** A text in which `hide` takes the place of the secrets that are known. One that has them percent-encoded is given decoded. */
export function redactKnown(text: string, hide: (secret: string) => string): string {
  if (text.length < least) return text;
  const plain = decoded(text);
  let shown = plain;
  for (const secret of longestFirst) if (shown.includes(secret)) shown = shown.replaceAll(secret, hide);
  return shown === plain ? text : shown;
}

/** Printable ASCII as an address has it (RFC 3986 §2.1), and as one within another has it again. */
const ENCODED = /%(?:25){0,3}([2-7][\da-f])/gi;

/** Any text, also one that is no address: what is not encoded stays, and nothing is thrown. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(ENCODED, (_, hex: string) => decodeURIComponent(`%${hex}`));
}
