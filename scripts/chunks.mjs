/** Groups the app's modules into chunks, so that the modules needed at one moment load as one file, not sixty. */

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
 * Returns one chunk for each stage until the first screen is visible. A module goes into the first chunk that matches it:
 * - `boot`: the imports of the page's own script, which load before the first request;
 * - `shared`: modules that `dpop` and a later chunk import, so that these chunks need not wait for each other;
 * - `dpop`: what a token request additionally needs for DPoP-bound tokens;
 * - `common`: modules that both of the next two stages import, which no token request has to wait for;
 * - `sign-in`: what handles the response to a token request;
 * - `libraries`: the third-party imports of main.tsx, which change less often than the app;
 * - `first-screen`: the other imports of main.tsx.
 *
 * The page's script and main.tsx each stay in a separate chunk: the script awaits main.tsx at its top level, so a chunk with
 * both the script and an import of main.tsx would wait for itself.
 * @param {string} root the project's folder, with forward slashes as bundlers write them
 * @returns {Group[]} for rolldown's `codeSplitting`; modules that load later are left to the bundler's default splitting
 */
export function chunkGroups(root) {
  const [page, main] = [`${root}${PAGE}`, `${root}${SCREEN}`];
  /** @type {(graph: Graph) => readonly string[]} */
  const scriptsOf = (graph) => graph.getModuleInfo(page)?.importedIds ?? [];
  const boot = lazily((graph) => staticallyReached(scriptsOf(graph), graph));
  const dpop = lazily((graph) => staticallyReached([`${root}${DPOP}`], graph));
  const signIn = lazily((graph) => staticallyReached([`${root}${SIGN_IN}`], graph));
  const screen = lazily((graph) => staticallyReached([main], graph));
  /** @type {[string, (id: string, graph: Graph) => boolean][]} */
  const claims = [
    ['boot', (id, graph) => boot(graph).has(id)],
    ['shared', (id, graph) => dpop(graph).has(id) && (signIn(graph).has(id) || screen(graph).has(id))],
    ['dpop', (id, graph) => dpop(graph).has(id)],
    ['common', (id, graph) => signIn(graph).has(id) && screen(graph).has(id)],
    ['sign-in', (id, graph) => signIn(graph).has(id)],
    ['libraries', (id, graph) => screen(graph).has(id) && id.includes('/node_modules/')],
    ['first-screen', (id, graph) => screen(graph).has(id)],
  ];
  return claims.map(([chunk, hasClaim], index) => ({
    debugName: chunk,
    // A group includes the imports of its modules, so earlier groups need a higher priority.
    priority: claims.length - index,
    name: (id, graph) => (isApart(id, graph) || !hasClaim(id, graph) ? null : chunk),
  }));

  /** @type {(id: string, graph: Graph) => boolean} */
  function isApart(id, graph) {
    return id === page || id === main || scriptsOf(graph).includes(id);
  }
}

/**
 * Returns the entries and all their transitive static imports.
 * @param {readonly string[]} entries
 * @param {Graph} graph
 * @returns {Set<string>}
 */
function staticallyReached(entries, graph) {
  const reached = new Set(entries);
  for (const id of reached) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}

/**
 * Memoises a function of the module graph.
 * @template T
 * @param {(graph: Graph) => T} make
 * @returns {(graph: Graph) => T}
 */
function lazily(make) {
  /** @type {{ made: T } | undefined} */
  let cached;
  return (graph) => (cached ??= { made: make(graph) }).made;
}
