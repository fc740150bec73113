/** Looks up elements and attributes of HTML and SVG. Pure. */

/**
 * @typedef {import('./platform.mjs').Missing} Missing
 * @typedef {ReturnType<typeof markupFeatures>} MarkupFeatures
 */

/** Attributes that React names after their property. */
const RENAMED = new Map([
  ['classname', 'class'],
  ['htmlfor', 'for'],
]);

/**
 * Prepares the lookup of markup features.
 * @param {import('./platform.mjs').Platform} platform
 */
export function markupFeatures({ judge, at }) {
  /** @type {(element: string, attribute: string) => string[][]} an element's own attribute, else a global one */
  const pathsOf = (element, attribute) => {
    const lower = attribute.toLowerCase();
    const name = RENAMED.get(lower) ?? lower;
    const dashed = attribute.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const paths = [
      ['html', 'elements', element, name],
      ['html', 'global_attributes', name],
      ['svg', 'elements', element, attribute],
      ['svg', 'elements', element, dashed],
      ['svg', 'global_attributes', dashed],
    ];
    return paths.filter((path) => at(path).length > 0).slice(0, 1);
  };

  /** @type {(element: string, attribute: string) => Missing | null} */
  const attribute = (element, name) => judge(`<${element} ${name.toLowerCase()}>`, at(...pathsOf(element, name)));

  return {
    attribute,

    /** @type {(name: string) => Missing | null} */
    element: (name) => judge(`<${name}>`, at(['html', 'elements', name], ['svg', 'elements', name])),

    /** @type {(element: string, name: string, value: string) => Missing | null} a value, such as `week`, of an attribute that is
     *   there itself */
    attributeValue: (element, name, value) =>
      attribute(element, name)
        ? null
        : judge(
            `<${element} ${name.toLowerCase()}="${value}">`,
            at(...pathsOf(element, name).map((path) => [...path, value]), [
              'html',
              'elements',
              element,
              `${name}_${value}`,
            ]),
          ),
  };
}
