import { parseJson } from '#lib/json.ts';

/** A text that may have been truncated. */
export interface CappedText {
  text: string;
  isCut: boolean;
}

const INDENT = '  ';
const PIECE = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/gy;
const SPACE = /[ \t\r\n]*/y;

/**
 * Indents JSON with one member per line, up to `max` characters; returns undefined if the text is not JSON. Values are copied
 * verbatim: parsing and serializing would round long numbers and drop members with duplicate names.
 */
export function indentedJson(json: string, max: number): CappedText | undefined {
  if (parseJson(json) === undefined) return undefined;
  let text = '';
  let depth = 0;
  let position = 0;
  let previous = '';
  const skipSpace = (): void => {
    SPACE.lastIndex = position;
    position += SPACE.exec(json)?.[0].length ?? 0;
  };
  for (skipSpace(); position < json.length && text.length <= max; skipSpace()) {
    PIECE.lastIndex = position;
    const piece = PIECE.exec(json)?.[0] ?? '';
    position += piece.length;
    const isClosing = piece === ']' || piece === '}';
    const isOpened = previous === '[' || previous === '{';
    if (isClosing) depth -= 1;
    if (isClosing ? !isOpened : isOpened || previous === ',') text += `\n${INDENT.repeat(depth)}`;
    text += piece === ':' ? ': ' : piece;
    if (piece === '[' || piece === '{') depth += 1;
    previous = piece;
  }
  return capped(text, max);
}

/** Returns at most `max` characters of a text. */
export function capped(text: string, max: number): CappedText {
  const isCut = text.length > max;
  // Don't split a surrogate pair.
  return { text: isCut ? text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '') : text, isCut };
}
