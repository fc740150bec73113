import { SECRET_ENDING } from './secret-names.ts';

/** Words joined by dots, which may contain a JWT. Matches only from the start of a word, so that no text takes long to scan. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]*){2,}/g;
/** The start of a JWT header: an opening brace, optionally followed by a space (RFC 7515 §7.1, RFC 7516 §7.1). */
const JWT_START = /ey[JA]/g;
/**
 * A secret after its name: in a query (also within a text or a nested URL), in a challenge, or in JSON within a string. The
 * lookahead finds the separator first because it is rarer than the names.
 */
const NAMED = new RegExp(
  String.raw`(?=[=%"\\])(?<=${SECRET_ENDING}|(?<![\w-])(?:device_|user_)?code)` +
    String.raw`((?:=|%3D)"?|\\?"\s*:\s*\\?")(?!•{6}.{0,4} \(\d+ characters\))([^&\s"'\\<>;,#]+)`,
  'gis',
);
/** The shortest text that can contain a name, a separator and a secret of 8 characters. */
const SHORTEST = 12;
const SCHEME = /bearer|dpop|basic/i;
/**
 * A credential after its scheme. Shorter words are prose, as in "Bearer authentication", and challenge parameters have a value.
 */
const BEHIND_SCHEME = /\b((?:Bearer|DPoP|Basic) +)([\w.~+/-]{16,}={0,2})(?![\w.~+/=-]|"[^\s,;])/gi;

/** Replaces secrets in a text with the result of `hide`. A secret is recognised by its form or by what precedes it. */
export function hideSecrets(text: string, hide: (secret: string) => string): string {
  if (text.length < SHORTEST) return text;
  let shown = text;
  if (shown.includes('eyJ') || shown.includes('eyA'))
    shown = shown.replaceAll(DOTTED, (dotted) => hideJwt(dotted, hide));
  if (shown.includes('=') || shown.includes('"') || shown.includes('%3')) {
    shown = shown.replaceAll(NAMED, (_, sign: string, value: string) => sign + hide(value));
  }
  if (shown.includes(' ') && SCHEME.test(shown)) {
    shown = shown.replaceAll(BEHIND_SCHEME, (_, scheme: string, token: string) => scheme + hide(token));
  }
  return shown;
}

/** Hides the words from the start of a JWT among them: its header is long, and at least two dots follow. */
function hideJwt(dotted: string, hide: (secret: string) => string): string {
  const last = dotted.lastIndexOf('.', dotted.lastIndexOf('.') - 1);
  for (const { index } of dotted.matchAll(JWT_START)) {
    if (index > last) return dotted;
    if (dotted.indexOf('.', index) - index > 10) return dotted.slice(0, index) + hide(dotted.slice(index));
  }
  return dotted;
}
