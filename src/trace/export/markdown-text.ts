/** Characters that are obeyed or hidden instead of shown: controls, and marks that turn the direction of a text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text on one line that is shown as it stands: in a code span nothing is markup, a link, an image or a mention (CommonMark
 * §6.1; GitHub looks for mentions outside of code alone).
 */
export function codeSpan(text: string): string {
  const line = text.replaceAll(UNSEEN, named);
  if (line.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const room = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return fence + room + line + room + fence;
}

/** Lines that are shown as they stand, in a block of their own (CommonMark §4.5). */
export function codeBlock(text: string, language: 'json' | ''): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replaceAll(UNSEEN, named));
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [fence + language, ...lines, fence].join('\n');
}

const named = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
