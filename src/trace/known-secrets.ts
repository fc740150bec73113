/** Shorter ones are words that may stand anywhere. */
const SHORTEST = 12;
const MOST = 16;

/** The latest secrets that went over this page's wire; in memory alone. */
let known: readonly string[] = [];
/** Their least length: most of what is recorded has no room for one. */
let least = Infinity;

/** Remembers a secret, so that it is known again wherever a server repeats it: in a sentence, a path, under a name of its own. */
export function learnSecret(secret: string): void {
  if (secret.length < SHORTEST || known.includes(secret)) return;
  known = [secret, ...known].slice(0, MOST);
  least = Math.min(...known.map(({ length }) => length));
}

/** Forgets them all, as a page that was just opened. */
export function forgetSecrets(): void {
  known = [];
  least = Infinity;
}

/** A text in which `hide` takes the place of the secrets that are known. */
export function hideKnown(text: string, hide: (secret: string) => string): string {
  if (text.length < least) return text;
  return known.reduce((shown, secret) => shown.replaceAll(secret, () => hide(secret)), text);
}
