import { SECRET_ENDING } from './secret-names.ts';

/** Words with dots between them, which a JWT may be among. From the start of a word alone, so that no text is slow to read. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]*){2,}/g;
/** The header of a JWT begins with a brace, perhaps with a blank behind it (RFC 7515 §7.1, RFC 7516 §7.1). */
const JWT_START = /ey[JA]/g;
/**
 * A secret behind its name, as in a query, also one in a text or in another address; in a challenge; in JSON in a string. The
 * sign between them is looked for first: it is rarer than the names.
 */
const NAMED = new RegExp(
  String.raw`(?=[=%"\\])(?<=${SECRET_ENDING}|(?<![\w-])(?:device_|user_)?code)` +
    String.raw`((?:=|%3D)"?|\\?"\s*:\s*\\?")(?!•{6}.{0,4} \(\d+ characters\))([^&\s"'\\<>;,#]+)`,
  'gis',
);
/** No text has room for less than a name, a sign and a secret of 8 characters. */
const SHORTEST = 12;
const SCHEME = /bearer|dpop|basic/i;
/** Shorter words behind a scheme are prose, as in "Bearer authentication"; parameters of a challenge have a value. */
const BEHIND_SCHEME = /\b((?:Bearer|DPoP|Basic) +)([\w.~+/-]{16,}={0,2})(?![\w.~+/=-]|"[^\s,;])/gi;

/** A text that is no secret itself, in which `hide` takes the place of what can be told for a secret: by its form, or by what stands before it. */
export function hideSecrets(text: string, hide: (secret: string) => string): string {
  if (text.length < SHORTEST) return text;
  let shown = text;
  if (shown.includes('eyJ') || shown.includes('eyA')) shown = shown.replaceAll(DOTTED, (words) => hideJwt(words, hide));
  if (shown.includes('=') || shown.includes('"') || shown.includes('%3')) {
    shown = shown.replaceAll(NAMED, (_, sign: string, value: string) => sign + hide(value));
  }
  if (shown.includes(' ') && SCHEME.test(shown)) {
    shown = shown.replaceAll(BEHIND_SCHEME, (_, scheme: string, token: string) => scheme + hide(token));
  }
  return shown;
}

/** Words with dots, hidden from where a JWT begins among them: its header is long, and two dots follow at least. */
function hideJwt(words: string, hide: (secret: string) => string): string {
  const last = words.lastIndexOf('.', words.lastIndexOf('.') - 1);
  for (const { index } of words.matchAll(JWT_START)) {
    if (index > last) return words;
    if (words.indexOf('.', index) - index > 10) return words.slice(0, index) + hide(words.slice(index));
  }
  return words;
}
