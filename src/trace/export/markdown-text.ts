/** Characters that are interpreted or hidden instead of shown: control and format characters, including direction overrides. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Returns a text as a one-line code span, shown literally: in a code span there is no markup, link, image or mention
 * (CommonMark §6.1; GitHub looks for mentions only outside of code).
 */
export function codeSpan(text: string): string {
  const line = text.replaceAll(UNSEEN, named);
  if (line.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const room = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return fence + room + line + room + fence;
}

/** Returns lines as a code block, shown literally (CommonMark §4.5). */
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
