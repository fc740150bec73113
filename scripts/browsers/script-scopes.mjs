/** Walks the syntax tree of a script and tracks the names that it declares. Pure. */
import { runningChildren } from './script-tree.mjs';

/**
 * @typedef {import('./script-tree.mjs').Node} Node
 * @typedef {{ names: Map<string, Node | null>, parent: Scope | null }} Scope a name leads to the value of its `const`, to the import
 *   that brings it, or to null
 * @typedef {(node: Node, parent: Node | null, scope: Scope) => void} Visitor
 */

const BLOCKS = new Set([
  'Program',
  'BlockStatement',
  'StaticBlock',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
  'ClassDeclaration',
  'ClassExpression',
]);

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/**
 * Calls the visitor for each node that runs, in source order.
 * @param {Node} program
 * @param {Visitor} visitor gets the node, its parent, and its scope
 */
export function walkScript(program, visitor) {
  const scopes = scopesOf(program);
  /** @type {(node: Node, parent: Node | null, outer: Scope) => void} */
  const visit = (node, parent, outer) => {
    const scope = scopes.get(node) ?? outer;
    visitor(node, parent, scope);
    for (const child of runningChildren(node)) visit(child, node, scope);
  };
  visit(program, null, newScope(null));
}

/**
 * Resolves a name.
 * @param {Scope | null} scope
 * @param {string} name
 * @returns {Node | null | undefined} the value of a `const`, the import, null for another name of the script,
 *   undefined for a global
 */
export function valueOf(scope, name) {
  for (let one = scope; one !== null; one = one.parent) if (one.names.has(name)) return one.names.get(name);
  return undefined;
}

/** @type {(node: Node) => Map<Node, Scope>} */
function scopesOf(program) {
  /** @type {Map<Node, Scope>} */
  const scopes = new Map();
  /** @type {(node: Node, scope: Scope, functionScope: Scope) => void} */
  const visit = (node, scope, functionScope) => {
    declareOutside(node, scope, functionScope);
    const isFunction = FUNCTIONS.has(node.type);
    const inner = isFunction || BLOCKS.has(node.type) ? newScope(scope) : scope;
    if (inner !== scope) scopes.set(node, inner);
    declareInside(node, inner);
    const hoistsTo = isFunction || node.type === 'Program' || node.type === 'StaticBlock' ? inner : functionScope;
    for (const child of runningChildren(node)) visit(child, inner, hoistsTo);
  };
  const top = newScope(null);
  visit(program, top, top);
  return scopes;
}

/** @type {(node: Node, scope: Scope, functionScope: Scope) => void} */
function declareOutside(node, scope, functionScope) {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') declare(node.id, scope);
  if (node.type === 'ImportDeclaration') for (const { local } of node.specifiers) declare(local, scope, node);
  if (node.type !== 'VariableDeclaration') return;
  for (const { id, init } of node.declarations)
    declare(id, node.kind === 'var' ? functionScope : scope, node.kind === 'const' ? init : null);
}

/** @type {(node: Node, scope: Scope) => void} */
function declareInside(node, scope) {
  if (node.type === 'FunctionExpression' || node.type === 'ClassExpression') declare(node.id, scope);
  if (node.type === 'CatchClause') declare(node.param, scope);
  if ('params' in node && Array.isArray(node.params)) for (const param of node.params) declare(param, scope);
}

/**
 * @param {Node | null | undefined} pattern a name, or a destructured object or array
 * @param {Scope} scope
 * @param {Node | null} [value]
 */
function declare(pattern, scope, value = null) {
  switch (pattern?.type) {
    case 'Identifier':
      scope.names.set(pattern.name, value);
      break;
    case 'ObjectPattern':
      for (const one of pattern.properties) declare(one.type === 'Property' ? one.value : one.argument, scope);
      break;
    case 'ArrayPattern':
      for (const one of pattern.elements) declare(one, scope);
      break;
    case 'AssignmentPattern':
      declare(pattern.left, scope);
      break;
    case 'RestElement':
      declare(pattern.argument, scope);
      break;
    default:
  }
}

/** @type {(parent: Scope | null) => Scope} */
const newScope = (parent) => ({ names: new Map(), parent });
