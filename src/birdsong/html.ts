const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is markup already. Only `html` makes it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | readonly Markup[] | undefined;

/**
 * Markup from a template. Every value is escaped, for text and for quoted attributes alike, unless it is markup itself;
 * undefined leaves nothing.
 *
 * @returns the markup
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + render(values[index - 1]) + string));
}

function render(value: Content): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
  }
  return value instanceof Markup ? value.text : value.map(render).join('');
}

// Characters that show nothing or turn the text around them: controls, format characters, line separators.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A name that somebody else chose, fit to be shown in one line: without invisible and bidirectional controls, and cut
 * where it gets long. Isolate it with `<bdi>` as well (UI-2).
 *
 * @param claimed the name as it came
 * @param length how many characters, as a reader counts them, it may have
 * @returns the name
 */
export function plainName(claimed: string, length: number): string {
  const name = claimed.slice(0, 2000).replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return characters.length <= length ? name : `${characters.slice(0, length - 1).join('')}…`;
}
