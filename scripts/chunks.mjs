/** Which modules of the app are bundled together: what is needed at one moment comes in one file, not in sixty. */

/**
 * @typedef {{ importedIds: readonly string[], dynamicallyImportedIds: readonly string[] }} ModuleInfo
 * @typedef {{ getModuleInfo(id: string): ModuleInfo | null }} Graph
 * @typedef {{ debugName: string, priority: number, name: (id: string, graph: Graph) => string | null }} Group
 */

const ENTRY = '/src/boot.ts';
const SCREEN = '/src/main.tsx';

/**
 * Three files before a person sees something. Each module is in the first that has a claim to it:
 * - `foundation`: what boot.ts imports, and so all that stands before the first request;
 * - `exchange`: what the screens share with the parts that boot.ts loads on demand, such as the exchange of a code, which is not to
 *   wait for screens;
 * - `first-screen`: what else main.tsx imports.
 *
 * The entries themselves stay apart: boot.ts waits for main.tsx at its top level, and a file that held both its own code and what
 * main.tsx imports would wait for itself.
 * @param {string} root folder of the project, with slashes as bundlers write them
 * @returns {Group[]} for rolldown's `codeSplitting`; what is loaded later is divided by who uses it, as the bundler does by itself
 */
export function chunkGroups(root) {
  const [boot, main] = [`${root}${ENTRY}`, `${root}${SCREEN}`];
  /** @type {(claims: (id: string, graph: Graph) => boolean) => (id: string, graph: Graph) => boolean} */
  const exceptEntries = (claims) => (id, graph) => id !== boot && id !== main && claims(id, graph);
  const foundation = lazily((graph) => staticallyReached([boot], graph));
  const screen = lazily((graph) => staticallyReached([main], graph));
  const onDemand = lazily((graph) => {
    const loaded = [...foundation(graph)].flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? []);
    return staticallyReached(
      loaded.filter((id) => id !== main),
      graph,
    );
  });
  /** @type {[string, (id: string, graph: Graph) => boolean][]} */
  const claims = [
    ['foundation', (id, graph) => foundation(graph).has(id)],
    ['exchange', (id, graph) => screen(graph).has(id) && onDemand(graph).has(id)],
    ['first-screen', (id, graph) => screen(graph).has(id)],
  ];
  return claims.map(([chunk, hasClaim], index) => {
    const takes = exceptEntries(hasClaim);
    // A group takes the imports of its modules along: the earlier takes first.
    return {
      debugName: chunk,
      priority: claims.length - index,
      name: (id, graph) => (takes(id, graph) ? chunk : null),
    };
  });
}

/**
 * @param {string[]} entries
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
