/** Looks up features of style sheets. Pure. */
import { partsOf } from './platform.mjs';

/**
 * @typedef {import('./platform.mjs').Entry} Entry
 * @typedef {import('./platform.mjs').Missing} Missing
 * @typedef {ReturnType<typeof styleFeatures>} StyleFeatures
 */

/** Units that share one entry in the data. */
const UNITS = [
  { pattern: /^d(vw|vh|vi|vb|vmin|vmax)$/, part: 'viewport_percentage_units_dynamic' },
  { pattern: /^l(vw|vh|vi|vb|vmin|vmax)$/, part: 'viewport_percentage_units_large' },
  { pattern: /^s(vw|vh|vi|vb|vmin|vmax)$/, part: 'viewport_percentage_units_small' },
  { pattern: /^cq(w|h|i|b|min|max)$/, part: 'container_query_length_units' },
];

/**
 * Prepares the lookup of style features. Names with a vendor prefix are never missing, because they are meant for one browser.
 * @param {import('./platform.mjs').Platform} platform
 */
export function styleFeatures({ judge, at }) {
  /** @type {Map<string, Entry[]>} */
  const functions = new Map();
  for (const { entry } of at(['css', 'types']).flatMap(partsOf)) collect(functions, entry);

  /** @type {(name: string, written: string, ...paths: string[][]) => Missing | null} */
  const standard = (name, written, ...paths) => (name.startsWith('-') ? null : judge(written, at(...paths)));

  /** @type {(name: string) => Missing | null} */
  const property = (name) => standard(name, name, ['css', 'properties', name]);

  return {
    property,

    /** @type {(name: string, word: string) => Missing | null} a keyword as the value of a property that is there itself */
    keyword: (name, word) =>
      property(name) ? null : standard(word, `${name}: ${word}`, ['css', 'properties', name, word]),

    /** @type {(styled: string, name: string) => Missing | null} a function as a property's value, or as a part of it */
    call(styled, name) {
      if (name.startsWith('-')) return null;
      // The data's name of a function that shares its name with a keyword, such as `fit-content`.
      const apart = at(['css', 'properties', styled, `${name}_function`]);
      const own = apart.length > 0 ? apart : at(['css', 'properties', styled, name]);
      return judge(`${name}()`, own.length > 0 ? own : (functions.get(name) ?? []));
    },

    /** @type {(name: string) => Missing | null} a colour made from another: `rgb(from …)` */
    relativeColor: (name) => standard(name, `${name}(from …)`, ['css', 'types', 'color', name, 'relative_syntax']),

    /** @type {(unit: string) => Missing | null} */
    unit(unit) {
      const part = UNITS.find(({ pattern }) => pattern.test(unit))?.part ?? unit;
      return standard(
        unit,
        unit,
        ...['length', 'angle', 'time', 'flex', 'resolution'].map((type) => ['css', 'types', type, part]),
      );
    },

    /** @type {(name: string, colons: ':' | '::') => Missing | null} a pseudo-class or pseudo-element */
    pseudo: (name, colons) => standard(name, `${colons}${name}`, ['css', 'selectors', name]),

    /** @type {() => Missing | null} */
    nesting: () => standard('nesting', 'nesting', ['css', 'selectors', 'nesting']),

    /** @type {(name: string) => Missing | null} */
    atRule: (name) => standard(name, `@${name}`, ['css', 'at-rules', name]),

    /** @type {(atRule: string, name: string) => Missing | null} a descriptor such as `syntax` of `@property`, or a part of a query */
    atRulePart: (atRule, name) => standard(name, `@${atRule} ${name}`, ['css', 'at-rules', atRule, name]),
  };
}

/** @type {(functions: Map<string, Entry[]>, entry: Entry) => void} */
function collect(functions, entry) {
  const name = entry.key
    .slice(entry.key.lastIndexOf('.') + 1)
    .replace(/[-_]function$/, '')
    .toLowerCase();
  functions.set(name, [...(functions.get(name) ?? []), entry]);
  for (const { entry: part } of partsOf(entry)) collect(functions, part);
}
