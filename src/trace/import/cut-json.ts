import { isShallow, maskMember } from '#trace/mask.ts';

/** The note that the recorder appends to a body it has cut. */
const CUT = /… \(\d+ characters\)$/;

/**
 * Masks indented JSON whose end the recorder has cut off: returns its complete lines with secrets masked by name, and the note
 * of its length. Returns undefined for any other text, because the secrets in it cannot be located.
 */
export function maskCutJson(text: string): string | undefined {
  const [end] = CUT.exec(text) ?? [];
  if (end === undefined) return undefined;
  // The last line may be incomplete, and a line that opens a list or an object says nothing without its contents.
  const lines = text.split('\n').slice(0, -1);
  while (/[[{]$/.test(lines.at(-1) ?? '')) lines.pop();
  const complete = lines.join('\n').replace(/,$/, '');
  if (!isShallow(complete)) return undefined;
  const closing = closingOf(complete);
  try {
    const closed: unknown = JSON.parse(complete + closing.join(''), maskMember);
    const shown = JSON.stringify(closed, undefined, 2).split('\n');
    return [...shown.slice(0, shown.length - closing.length), end].join('\n');
  } catch {
    return undefined;
  }
}

/** Returns the closing brackets for all that are still open, innermost first. */
function closingOf(json: string): string[] {
  const open: string[] = [];
  for (const [bracket] of json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') open.push(bracket === '[' ? ']' : '}');
    else open.pop();
  }
  return open.toReversed();
}
