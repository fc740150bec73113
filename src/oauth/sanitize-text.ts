// oxlint-disable-next-line no-control-regex -- matches control characters on purpose
const CONTROLS = /[\u0000-\u001f\u007f]/g;

/** Characters that are invisible or turn the direction of the text around them (Unicode Standard Annex #9). */
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Returns a server's text for display (UI-2, CB-9): control characters become spaces, invisible ones go, and its length is
 * limited without cutting a surrogate pair. Undefined if nothing remains.
 */
export function sanitizeText(value: unknown, maxLength = 300): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replaceAll(CONTROLS, ' ').replaceAll(INVISIBLE, '').trim();
  const short = text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
  return short === '' ? undefined : short;
}
