/** Finds features in a page, or a part of one, that some of the oldest browsers lack. Pure. */
import { parse, parseFragment } from 'parse5';

/** @typedef {import('./scan-style.mjs').Use} Use */

/**
 * @param {string} source
 * @param {import('./markup-features.mjs').MarkupFeatures} features
 * @returns {Use[]}
 */
export function scanMarkup(source, features) {
  const options = { sourceCodeLocationInfo: true };
  const isPage = /^\s*<!doctype/i.test(source);
  /** @type {Use[]} */
  const uses = [];
  /** @type {import('parse5').DefaultTreeAdapterTypes.Node[]} */
  const waiting = [isPage ? parse(source, options) : parseFragment(source, options)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('childNodes' in node) waiting.push(...node.childNodes);
    if ('content' in node) waiting.push(node.content);
    // Elements that the parser adds, such as <body>, have no location in the source.
    const location = 'attrs' in node ? node.sourceCodeLocation : null;
    if (!('attrs' in node) || !location) continue;
    const { tagName } = node;
    /** @type {(missing: import('./platform.mjs').Missing | null, offset: number) => void} */
    const add = (missing, offset) => void (missing && uses.push({ missing, offset }));
    add(features.element(tagName), location.startOffset);
    for (const { name, value } of node.attrs) {
      const offset = location.attrs?.[name]?.startOffset ?? location.startOffset;
      add(features.attribute(tagName, name), offset);
      add(features.attributeValue(tagName, name, value), offset);
    }
  }
  return uses.toSorted((a, b) => a.offset - b.offset);
}
