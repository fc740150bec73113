const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is already safe markup. Only `html` creates it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | readonly Markup[] | undefined;

/**
 * Creates markup from a template. Values are escaped for text and quoted attributes, unless they are markup themselves;
 * undefined renders nothing.
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

// Characters that are invisible or change the text direction: control and format characters, line and paragraph separators.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Sanitises an untrusted name for display in one line: removes invisible and bidirectional control characters, and truncates
 * a long name. Isolate it with `<bdi>` as well (UI-2).
 *
 * @param claimed the untrusted name
 * @param length the maximum number of grapheme clusters
 * @returns the sanitised name
 */
export function plainName(claimed: string, length: number): string {
  const name = claimed.slice(0, 2000).replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return characters.length <= length ? name : `${characters.slice(0, length - 1).join('')}…`;
}
