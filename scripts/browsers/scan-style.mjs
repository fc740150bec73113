/** Finds features in a style sheet that some of the oldest browsers lack. Pure. */
import { parse, walk } from 'css-tree';

/**
 * @typedef {import('./platform.mjs').Missing} Missing
 * @typedef {{ missing: Missing, offset: number }} Use offset: its position in the source
 */

/**
 * @param {string} source
 * @param {import('./style-features.mjs').StyleFeatures} features
 * @returns {Use[]} in the order of the source
 * @throws {SyntaxError} if the sheet cannot be parsed, because skipped parts would not be checked
 */
export function scanStyle(source, features) {
  /** @type {Use[]} */
  const uses = [];
  const onParseError = (/** @type {SyntaxError} */ error) => {
    throw error;
  };
  const sheet = parse(source, { positions: true, parseCustomProperty: true, onParseError });
  walk(sheet, function visit(node) {
    for (const missing of missingIn(node, this, features)) {
      if (missing) uses.push({ missing, offset: node.loc?.start.offset ?? 0 });
    }
  });
  return uses;
}

/**
 * @param {import('css-tree').CssNode} node
 * @param {import('css-tree').WalkContext} context
 * @param {import('./style-features.mjs').StyleFeatures} features
 * @returns {(Missing | null)[]}
 */
function missingIn(node, { declaration, atrule, atrulePrelude, rule }, features) {
  const property = declaration?.property.toLowerCase() ?? '';
  switch (node.type) {
    case 'Declaration': {
      // Inside an at-rule such as @font-face, a declaration is a descriptor.
      const isDescriptor = atrule !== null && atrulePrelude === null && rule === null;
      const name = node.property.toLowerCase();
      return [(isDescriptor ? features.atRulePart(atrule.name, name) : null) ?? features.property(name)];
    }
    case 'Identifier':
      return property === '' ? [] : [features.keyword(property, node.name.toLowerCase())];
    case 'Function': {
      const name = node.name.toLowerCase();
      const first = node.children.first;
      const isRelative = first?.type === 'Identifier' && first.name.toLowerCase() === 'from';
      return [features.call(property, name), isRelative ? features.relativeColor(name) : null];
    }
    case 'Dimension':
      return [features.unit(node.unit.toLowerCase())];
    case 'PseudoClassSelector':
      return [features.pseudo(node.name.toLowerCase(), ':')];
    case 'PseudoElementSelector':
      return [features.pseudo(node.name.toLowerCase(), '::')];
    case 'NestingSelector':
      return [features.nesting()];
    case 'Atrule':
      return [features.atRule(node.name.toLowerCase())];
    case 'Feature':
      return node.kind === 'media'
        ? [features.atRulePart('media', node.name.toLowerCase().replace(/^(min|max)-/, ''))]
        : [];
    case 'FeatureRange':
      return [features.atRulePart('media', 'range_syntax')];
    case 'FeatureFunction':
      return node.feature === 'style' ? [features.atRulePart('container', 'style_queries_for_custom_properties')] : [];
    default:
      return [];
  }
}
