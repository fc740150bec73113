/** Shorter secrets are ignored: they may be ordinary words. */
const SHORTEST = 12;
const MOST = 16;

/** The latest secrets that this page sent or received, newest first; in memory only. */
let known: readonly string[] = [];
/**
 * Longest first: if one secret is a prefix of another, hiding the short one first would leave the rest of the long one visible.
 */
let longestFirst = known;
/** The length of the shortest secret: most recorded texts are shorter and need no scan. */
let least = Infinity;

/** Remembers a secret, to recognise it wherever a server repeats it: in a sentence, in a path, or under a name of its own. */
export function registerSecret(secret: string): void {
  const text = decoded(secret);
  if (text.length < SHORTEST || known.includes(text)) return;
  setKnown([text, ...known].slice(0, MOST));
}

/** Forgets all secrets, as if the page had just been opened. */
export function forgetSecrets(): void {
  setKnown([]);
}

function setKnown(secrets: readonly string[]): void {
  known = secrets;
  longestFirst = secrets.toSorted((one, other) => other.length - one.length);
  least = longestFirst.at(-1)?.length ?? Infinity;
}

/**
 * Replaces the known secrets in a text with the result of `hide`. Returns the text decoded if a secret in it was
 * percent-encoded.
 */
export function redactKnown(text: string, hide: (secret: string) => string): string {
  if (text.length < least) return text;
  const plain = decoded(text);
  let shown = plain;
  for (const secret of longestFirst) if (shown.includes(secret)) shown = shown.replaceAll(secret, hide);
  return shown === plain ? text : shown;
}

/** Percent-encoded printable ASCII (RFC 3986 §2.1), also encoded again within nested URLs. */
const ENCODED = /%(?:25){0,3}([2-7][\da-f])/gi;

/** Decodes any text, even if it is not a URL. Leaves everything else unchanged and never throws. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(ENCODED, (_, hex: string) => decodeURIComponent(`%${hex}`));
}
