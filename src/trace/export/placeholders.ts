import { splitAtMasks } from '#trace/read-mask.ts';

/** A text with gaps where secrets stood, each named for what is to be filled in. */
export type TemplateText = readonly (string | Gap)[];
export interface Gap {
  name: string;
}

/** Where a secret's name is known, the gap is named for it; else it is a `secret`. Never named by what is in the trace. */
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

/** Opens a gap for every masked secret. The same secret under the same name is one gap; another under that name is numbered. */
export function createGaps() {
  const masksOf = new Map<string, string[]>();
  const open = (text: string, field: string): TemplateText =>
    splitAtMasks(text).map((part) => (typeof part === 'string' ? part : { name: gapFor(field, part.mask) }));
  const gapFor = (field: string, mask: string): string => {
    const name = NAMES.get(field) ?? 'secret';
    const masks = masksOf.get(name) ?? [];
    masksOf.set(name, masks);
    if (!masks.includes(mask)) masks.push(mask);
    const place = masks.indexOf(mask);
    return place === 0 ? name : `${name} ${place + 1}`;
  };
  return {
    /** The text of one field; `field` is its name, in lower case. */
    open,
    /** A text of JSON. Names stand on the line of their value, as it is kept indented. */
    openJson: (text: string): TemplateText =>
      text.split(/(?<=\n)/).flatMap((line) => open(line, /^\s*"([\w-]+)":/.exec(line)?.[1]?.toLowerCase() ?? '')),
  };
}

/** The names of all gaps, each once, in the order in which they stand. */
export function gapNames(texts: readonly TemplateText[]): string[] {
  const names = texts.flat().flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
  return [...new Set(names)];
}
