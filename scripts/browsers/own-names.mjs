/** Collects the member names that a program defines. Pure. */
import { walkScript } from './script-scopes.mjs';
import { memberName } from './script-tree.mjs';

/**
 * Such a name may not be the platform's: `view.actions` is a notification's or the app's. What only a type declares
 * does not count, because features that TypeScript does not know yet are declared this way.
 * @param {import('./script-tree.mjs').Node[]} programs
 * @returns {Set<string>} keys of objects, members of classes, attributes of components, what is assigned to `this` or `exports`
 */
export function ownNames(programs) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {(name: string | null) => void} */
  const add = (name) => void (name !== null && names.add(name));
  for (const program of programs) {
    walkScript(program, (node, parent) => {
      switch (node.type) {
        case 'Property':
          if (parent?.type === 'ObjectExpression') add(memberName(node.key, node.computed));
          break;
        case 'MethodDefinition':
        case 'PropertyDefinition':
          add(memberName(node.key, node.computed));
          break;
        case 'JSXAttribute':
          if (parent?.type === 'JSXOpeningElement' && isComponent(parent.name)) add(textOf(node.name));
          break;
        case 'AssignmentExpression':
          if (node.left.type === 'MemberExpression' && isOwnObject(node.left.object))
            add(memberName(node.left.property, node.left.computed));
          break;
        default:
      }
    });
  }
  return names;
}

/** @type {(node: import('./script-tree.mjs').Node) => boolean} */
const isOwnObject = (node) => node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === 'exports');

/** @type {(name: import('vite').ESTree.JSXElementName) => boolean} */
const isComponent = (name) => name.type !== 'JSXIdentifier' || !/^[a-z]/.test(name.name);

/** @type {(name: import('vite').ESTree.JSXAttributeName) => string | null} */
const textOf = (name) => (name.type === 'JSXIdentifier' ? name.name : null);
