/** Reads nodes of the syntax tree of a script. Pure. */

/** @typedef {import('vite').ESTree.Node} Node */

/** What TypeScript adds around an expression. Its other nodes are types, which do not run. */
const TYPED_EXPRESSIONS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/**
 * Removes wrappers that do not change a value: types, `?.` chains.
 * @param {Node} node
 * @returns {Node}
 */
export function bare(node) {
  if (!('expression' in node) || typeof node.expression === 'boolean') return node;
  return node.type === 'ChainExpression' || TYPED_EXPRESSIONS.has(node.type) ? bare(node.expression) : node;
}

/**
 * Reads a string literal.
 * @param {Node | null | undefined} node
 * @returns {string | null} null if it is not one, or is built at run time
 */
export function literalText(node) {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  return null;
}

/**
 * Reads the name of a member, such as `a` of `x.a`, `x['a']` and `{ a: 1 }`.
 * @param {Node} key
 * @param {boolean} computed whether it is in brackets
 * @returns {string | null}
 */
export const memberName = (key, computed) => (!computed && key.type === 'Identifier' ? key.name : literalText(key));

/**
 * Returns whether an identifier is read or written as a variable, and is not a member name.
 * @param {Node} node
 * @param {Node | null} parent
 * @returns {boolean}
 */
export function isReference(node, parent) {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.computed || parent.object === node;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.computed || parent.value === node;
    case 'ExportSpecifier':
      return parent.local === node;
    case 'ImportSpecifier':
    case 'MetaProperty':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ExportAllDeclaration':
    case 'ImportAttribute':
      return false;
    default:
      return true;
  }
}

/**
 * Lists the children of a node that run: all except types and `declare`.
 * @param {Node} node
 * @returns {Node[]} in the order of the source
 */
export function runningChildren(node) {
  /** @type {Node[]} */
  const children = [];
  for (const value of Object.values(node)) {
    if (isRunning(value)) children.push(value);
    else if (Array.isArray(value)) for (const one of value) if (isRunning(one)) children.push(one);
  }
  return children;
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isRunning(value) {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return false;
  if ('declare' in value && value.declare === true) return false;
  return !value.type.startsWith('TS') || TYPED_EXPRESSIONS.has(value.type);
}
