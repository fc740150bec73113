/** Finds features in a script that some of the oldest browsers lack. Pure. */
import { parseSync } from 'vite';
import { scanMarkup } from './scan-markup.mjs';
import { scanStyle } from './scan-style.mjs';
import { isClassNames, ownerOf } from './script-owners.mjs';
import { valueOf, walkScript } from './script-scopes.mjs';
import { bare, isReference, literalText, memberName } from './script-tree.mjs';

/**
 * @typedef {import('./script-tree.mjs').Node} Node
 * @typedef {import('./script-scopes.mjs').Scope} Scope
 * @typedef {import('./scan-style.mjs').Use} Use
 * @typedef {import('./platform.mjs').Missing} Missing
 * @typedef {import('./script-features.mjs').Owner} Owner
 * @typedef {{ script: import('./script-features.mjs').ScriptFeatures, style: import('./style-features.mjs').StyleFeatures,
 *   markup: import('./markup-features.mjs').MarkupFeatures }} Features
 * @typedef {{ source: string, program: Node, comments: { value: string, end: number }[] }} Script
 */

const LISTENING = new Set(['addEventListener', 'removeEventListener']);

/**
 * Parses JavaScript or TypeScript, with or without JSX.
 * @param {string} file its extension determines the language
 * @param {string} source
 * @returns {Script}
 * @throws {SyntaxError} if it cannot be parsed
 */
export function parseScript(file, source) {
  const { program, errors, comments } = parseSync(file, source, { preserveParens: false });
  if (errors[0]) throw new SyntaxError(errors[0].message);
  return { source, program, comments };
}

/**
 * Scans a script, and the markup (html`…`) and style (`…` after a comment that says css) in it.
 * @param {Script} script
 * @param {Features} features
 * @param {ReadonlySet<string>} own names of members that may be the program's own
 * @returns {Use[]} in the order of the source
 * @throws {SyntaxError} if a style sheet in it cannot be parsed
 */
export function scanScript({ source, program, comments }, features, own) {
  const styleStarts = new Set(
    comments
      .filter(({ value }) => value.trim().toLowerCase() === 'css')
      .map(({ end }) => end + (/^\s*/.exec(source.slice(end))?.[0].length ?? 0)),
  );
  /** @type {Use[]} */
  const uses = [];
  walkScript(program, (node, parent, scope) => {
    for (const { missing, at } of scriptUses(node, parent, scope, features, own))
      if (missing) uses.push({ missing, offset: at.start });
    if (node.type === 'TaggedTemplateExpression' && node.tag.type === 'Identifier' && node.tag.name === 'html')
      uses.push(...within(node.quasi.start, scanMarkup(written(source, node.quasi), features.markup)));
    if (node.type === 'TemplateLiteral' && styleStarts.has(node.start))
      uses.push(...within(node.start, scanStyle(written(source, node), features.style)));
  });
  return uses.toSorted((a, b) => a.offset - b.offset);
}

/**
 * @param {Node} node
 * @param {Node | null} parent
 * @param {Scope} scope
 * @param {Features} features
 * @param {ReadonlySet<string>} own
 * @returns {{ missing: Missing | null, at: Node }[]}
 */
function scriptUses(node, parent, scope, { script, markup }, own) {
  /** @type {(one: Node) => Owner | null} */
  const known = (one) => ownerOf(one, scope, script);
  /** @type {(object: Node, name: string) => Missing | null} */
  const member = (object, name) => {
    const owner = known(object);
    const exact = owner ? script.memberOf(owner, name) : undefined;
    if (exact !== undefined) return exact;
    return own.has(name) || isClassNames(object, scope) ? null : script.anyMember(name);
  };
  switch (node.type) {
    case 'Identifier':
      if (!isReference(node, parent) || valueOf(scope, node.name) !== undefined) return [];
      return [{ missing: script.global(node.name), at: node }];
    case 'MemberExpression': {
      const name = memberName(node.property, node.computed);
      return name === null ? [] : [{ missing: member(node.object, name), at: node.property }];
    }
    case 'NewExpression': {
      const made = known(node.callee);
      return made?.isStatic ? [{ missing: script.construction(made), at: node }] : [];
    }
    case 'BinaryExpression': {
      const name = node.operator === 'in' ? literalText(node.left) : null;
      return name === null ? [] : [{ missing: member(node.right, name), at: node.left }];
    }
    case 'VariableDeclarator': {
      // Most destructured objects are the program's own, so only known ones are checked.
      const from = node.init ? known(node.init) : null;
      if (from === null || node.id.type !== 'ObjectPattern') return [];
      return node.id.properties.flatMap((one) => {
        const name = one.type === 'Property' ? memberName(one.key, one.computed) : null;
        return name === null ? [] : [{ missing: script.memberOf(from, name) ?? null, at: one }];
      });
    }
    case 'CallExpression':
      return callUses(node, known, script, markup);
    case 'JSXOpeningElement':
      return elementUses(node, script, markup);
    default:
      return [];
  }
}

/**
 * @param {import('vite').ESTree.CallExpression} node
 * @param {(node: Node) => Owner | null} known
 * @param {Features['script']} script
 * @param {Features['markup']} markup
 */
function callUses({ callee, arguments: [first] }, known, script, markup) {
  const text = literalText(first);
  const called = bare(callee);
  if (!first || text === null) return [];
  const name = called.type === 'MemberExpression' ? memberName(called.property, called.computed) : nameOf(called);
  if (name === 'createElement') return [{ missing: markup.element(text), at: first }];
  if (name === null || !LISTENING.has(name)) return [];
  const target = called.type === 'MemberExpression' ? known(called.object) : script.ownerAt('self');
  return [{ missing: script.event(target, text), at: first }];
}

/**
 * @param {import('vite').ESTree.JSXOpeningElement} node
 * @param {Features['script']} script
 * @param {Features['markup']} markup
 */
function elementUses({ name: tag, attributes }, script, markup) {
  if (tag.type !== 'JSXIdentifier' || !/^[a-z]/.test(tag.name)) return [];
  const uses = attributes.flatMap((one) => {
    if (one.type !== 'JSXAttribute' || one.name.type !== 'JSXIdentifier') return [];
    const { name } = one.name;
    const value = literalText(one.value);
    return [
      { missing: markup.attribute(tag.name, name), at: one },
      { missing: value === null ? null : markup.attributeValue(tag.name, name, value), at: one },
      { missing: /^on[A-Z]/.test(name) ? script.event(null, name.slice(2).toLowerCase()) : null, at: one },
    ];
  });
  return [{ missing: markup.element(tag.name), at: tag }, ...uses];
}

/** @type {(node: Node) => string | null} */
const nameOf = (node) => (node.type === 'Identifier' ? node.name : null);

/** @type {(start: number, uses: Use[]) => Use[]} */
const within = (start, uses) => uses.map(({ missing, offset }) => ({ missing, offset: start + offset }));

/**
 * Returns the text of a template with the same length and lines; letters or spaces replace each expression and the quotes.
 * @param {string} source
 * @param {import('vite').ESTree.TemplateLiteral} template
 */
function written(source, { start, end, quasis }) {
  let text = '';
  for (const quasi of quasis) {
    const { raw } = quasi.value;
    // In TypeScript the parser includes the quote or brace before a template part; in JavaScript it does not.
    const from = quasi.start + (quasi.end - quasi.start > raw.length ? 1 : 0);
    const filler = text === '' ? ' ' : 'x';
    text += source.slice(start + text.length, from).replaceAll(/[^\n]/g, filler) + raw;
  }
  return text.padEnd(end - start);
}
