import { splitAtMasks } from '#trace/read-mask.ts';

/** A text with placeholders for secrets, each named after the value to fill in. */
export type TemplateText = readonly (string | Placeholder)[];
export interface Placeholder {
  name: string;
}

/** The placeholder name for each known field; others are called `secret`. Text from the trace never becomes a name. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['authorization', 'access token'],
  ['dpop', 'DPoP proof'],
  ['x-api-key', 'API key'],
  ['api_key', 'API key'],
  ['apikey', 'API key'],
  ['access_token', 'access token'],
  ['refresh_token', 'refresh token'],
  ['id_token', 'id token'],
  ['id_token_hint', 'id token'],
  ['token', 'token'],
  ['code', 'code'],
  ['code_verifier', 'code verifier'],
  ['client_secret', 'client secret'],
  ['client_assertion', 'client assertion'],
  ['registration_access_token', 'registration access token'],
  ['password', 'password'],
  ['cookie', 'cookie'],
]);

/**
 * Creates placeholders for masked secrets. The same secret under the same name shares one; a different secret under that name
 * gets a number.
 */
export function createPlaceholders() {
  const masksOf = new Map<string, string[]>();
  const open = (text: string, field: string): TemplateText =>
    splitAtMasks(text).map((part) => (typeof part === 'string' ? part : { name: placeholderFor(field, part.mask) }));
  const placeholderFor = (field: string, mask: string): string => {
    const name = NAMES.get(field) ?? 'secret';
    const masks = masksOf.get(name) ?? [];
    masksOf.set(name, masks);
    if (!masks.includes(mask)) masks.push(mask);
    const index = masks.indexOf(mask);
    return index === 0 ? name : `${name} ${index + 1}`;
  };
  return {
    /** Replaces the masks in the text of one field. `field` is its name, in lower case. */
    open,
    /** Replaces the masks in a JSON text. It is recorded with indentation, so each name is on the same line as its value. */
    openJson: (text: string): TemplateText =>
      text.split(/(?<=\n)/).flatMap((line) => open(line, /^\s*"([\w-]+)":/.exec(line)?.[1]?.toLowerCase() ?? '')),
  };
}

/** Returns the names of all placeholders without duplicates, in order of appearance. */
export function placeholderNames(texts: readonly TemplateText[]): string[] {
  const names = texts.flat().flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
  return [...new Set(names)];
}
