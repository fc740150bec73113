/** Which modules of the app are bundled together: what is needed at one moment comes in one file, not in sixty. */

/**
 * @typedef {{ importedIds: readonly string[] }} ModuleInfo
 * @typedef {{ getModuleInfo(id: string): ModuleInfo | null }} Graph
 * @typedef {{ debugName: string, priority: number, name: (id: string, graph: Graph) => string | null }} Group
 */

const PAGE = '/index.html';
const DPOP = '/src/oauth/dpop-fetch.ts';
const SIGN_IN = '/src/connections/sign-in/complete-sign-in.ts';
const SCREEN = '/src/main.tsx';

/**
 * A file for each moment until a person sees something. Each module is in the first that has a claim to it:
 * - `boot`: what the page's own script imports, and so all that stands before the first request;
 * - `shared`: what two or three of the following have in common, none of which is to wait for another;
 * - `dpop`: what a token request needs in addition where tokens are bound;
 * - `sign-in`: what reads the answer to a token request;
 * - `libraries`: what main.tsx imports from others, which changes more seldom than the app does;
 * - `first-screen`: what else main.tsx imports.
 *
 * The page's script and main.tsx stay apart: the one waits for the other at its top level, and a file that held both its own code
 * and what main.tsx imports would wait for itself.
 * @param {string} root folder of the project, with slashes as bundlers write them
 * @returns {Group[]} for rolldown's `codeSplitting`; what is loaded later is divided by who uses it, as the bundler does by itself
 */
export function chunkGroups(root) {
  const [page, main] = [`${root}${PAGE}`, `${root}${SCREEN}`];
  /** @type {(graph: Graph) => readonly string[]} */
  const scriptsOf = (graph) => graph.getModuleInfo(page)?.importedIds ?? [];
  const boot = lazily((graph) => staticallyReached(scriptsOf(graph), graph));
  const dpop = lazily((graph) => staticallyReached([`${root}${DPOP}`], graph));
  const signIn = lazily((graph) => staticallyReached([`${root}${SIGN_IN}`], graph));
  const screen = lazily((graph) => staticallyReached([main], graph));
  const afterwards = [dpop, signIn, screen];
  /** @type {[string, (id: string, graph: Graph) => boolean][]} */
  const claims = [
    ['boot', (id, graph) => boot(graph).has(id)],
    ['shared', (id, graph) => afterwards.filter((moment) => moment(graph).has(id)).length > 1],
    ['dpop', (id, graph) => dpop(graph).has(id)],
    ['sign-in', (id, graph) => signIn(graph).has(id)],
    ['libraries', (id, graph) => screen(graph).has(id) && id.includes('/node_modules/')],
    ['first-screen', (id, graph) => screen(graph).has(id)],
  ];
  return claims.map(([chunk, hasClaim], index) => ({
    debugName: chunk,
    // A group takes the imports of its modules along: the earlier takes first.
    priority: claims.length - index,
    name: (id, graph) => (isApart(id, graph) || !hasClaim(id, graph) ? null : chunk),
  }));

  /** @type {(id: string, graph: Graph) => boolean} */
  function isApart(id, graph) {
    return id === page || id === main || scriptsOf(graph).includes(id);
  }
}

/**
 * @param {readonly string[]} entries
 * @param {Graph} graph
 * @returns {Set<string>} the entries, and what they reach by static imports
 */
function staticallyReached(entries, graph) {
  const reached = new Set(entries);
  for (const id of reached) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}

/**
 * @template T
 * @param {(graph: Graph) => T} make
 * @returns {(graph: Graph) => T} made once
 */
function lazily(make) {
  /** @type {{ made: T } | undefined} */
  let kept;
  return (graph) => (kept ??= { made: make(graph) }).made;
}
