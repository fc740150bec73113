/** Identifies objects in a script if the source alone makes them certain. Pure. */
import { valueOf } from './script-scopes.mjs';
import { bare, literalText, memberName } from './script-tree.mjs';

/**
 * @typedef {import('./script-tree.mjs').Node} Node
 * @typedef {import('./script-scopes.mjs').Scope} Scope
 * @typedef {import('./script-features.mjs').Owner} Owner
 */

/**
 * Identifies the object of an expression if the source alone makes it certain.
 * @param {Node} node
 * @param {Scope} scope
 * @param {import('./script-features.mjs').ScriptFeatures} script
 * @returns {Owner | null}
 */
export function ownerOf(node, scope, script) {
  const value = bare(node);
  if (value.type === 'ArrayExpression') return { path: 'Array', title: 'Array', isStatic: false };
  if (value.type === 'TemplateLiteral' || literalText(value) !== null)
    return { path: 'String', title: 'String', isStatic: false };
  const named = value.type === 'Identifier' ? valueOf(scope, value.name) : undefined;
  if (named) return named === value ? null : ownerOf(named, scope, script);
  const made = value.type === 'NewExpression' ? ownerOf(value.callee, scope, script) : null;
  if (made?.isStatic) return { ...made, isStatic: false };
  const path = globalPath(value, scope);
  if (path?.endsWith('.prototype')) {
    const type = script.ownerAt(path.slice(0, -'.prototype'.length));
    return type && { ...type, isStatic: false };
  }
  return path === null ? null : script.ownerAt(path);
}

/**
 * @param {Node} node
 * @param {Scope} scope
 * @returns {string | null} its path from the global object, such as `navigator.locks`; null for anything else
 */
function globalPath(node, scope) {
  const value = bare(node);
  if (value.type === 'Identifier') return valueOf(scope, value.name) === undefined ? value.name : null;
  if (value.type !== 'MemberExpression') return null;
  const parent = globalPath(value.object, scope);
  const name = memberName(value.property, value.computed);
  if (parent === null || name === null) return null;
  return ['window', 'self', 'globalThis'].includes(parent) ? name : `${parent}.${name}`;
}

/**
 * Returns whether an expression is the class names of a CSS module.
 * @param {Node} node
 * @param {Scope} scope
 * @returns {boolean}
 */
export function isClassNames(node, scope) {
  const value = node.type === 'Identifier' ? valueOf(scope, node.name) : undefined;
  return value?.type === 'ImportDeclaration' && value.source.value.endsWith('.css');
}
