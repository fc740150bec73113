import { isShallow, maskMember } from '#trace/mask.ts';

/** What the recorder writes where it has cut a long body. */
const CUT = /… \(\d+ characters\)$/;

/**
 * Indented JSON whose end the recorder has cut off, its secrets masked by name: its whole lines, and how long it was. Undefined
 * of any other text: nothing tells where a secret stands in it.
 */
export function maskCutJson(text: string): string | undefined {
  const [end] = CUT.exec(text) ?? [];
  if (end === undefined) return undefined;
  // The last line may be cut in the middle; one that opens a list or an object says nothing without what is in it.
  const lines = text.split('\n').slice(0, -1);
  while (/[[{]$/.test(lines.at(-1) ?? '')) lines.pop();
  const kept = lines.join('\n').replace(/,$/, '');
  if (!isShallow(kept)) return undefined;
  const closing = closingOf(kept);
  try {
    const closed: unknown = JSON.parse(kept + closing.join(''), maskMember);
    const shown = JSON.stringify(closed, undefined, 2).split('\n');
    return [...shown.slice(0, shown.length - closing.length), end].join('\n');
  } catch {
    return undefined;
  }
}

/** The brackets that are still open, closed from within. */
function closingOf(json: string): string[] {
  const open: string[] = [];
  for (const [bracket] of json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') open.push(bracket === '[' ? ']' : '}');
    else open.pop();
  }
  return open.toReversed();
}
