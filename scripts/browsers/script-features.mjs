/** Looks up features of scripts: globals, members, events. Pure. */
import { partsOf } from './platform.mjs';

/**
 * @typedef {import('./platform.mjs').Entry} Entry
 * @typedef {import('./platform.mjs').Missing} Missing
 * @typedef {{ path: string, title: string, isStatic: boolean }} Owner the owner of a member: an instance of an interface, or
 *   (static) the interface itself or a namespace; `path` is the interface, `title` its name in the code
 * @typedef {ReturnType<typeof scriptFeatures>} ScriptFeatures
 */

/** Interfaces of well-known objects, by the path of names that leads to them from the global object. */
const INTERFACES = new Map(
  Object.entries({
    window: 'Window',
    self: 'Window',
    globalThis: 'Window',
    navigator: 'Navigator',
    'navigator.clipboard': 'Clipboard',
    'navigator.credentials': 'CredentialsContainer',
    'navigator.locks': 'LockManager',
    'navigator.permissions': 'Permissions',
    'navigator.serviceWorker': 'ServiceWorkerContainer',
    'navigator.storage': 'StorageManager',
    document: 'Document',
    'document.body': 'HTMLElement',
    'document.documentElement': 'HTMLElement',
    'document.fonts': 'FontFaceSet',
    location: 'Location',
    crypto: 'Crypto',
    'crypto.subtle': 'SubtleCrypto',
    history: 'History',
    navigation: 'Navigation',
    performance: 'Performance',
    screen: 'Screen',
    scheduler: 'Scheduler',
    visualViewport: 'VisualViewport',
    caches: 'CacheStorage',
    clients: 'Clients',
    registration: 'ServiceWorkerRegistration',
    indexedDB: 'IDBFactory',
    localStorage: 'Storage',
    sessionStorage: 'Storage',
    customElements: 'CustomElementRegistry',
    trustedTypes: 'TrustedTypePolicyFactory',
  }),
);

/** The interfaces with the global names of a page and of a service worker. */
const GLOBAL_OBJECTS = ['Window', 'WorkerGlobalScope', 'ServiceWorkerGlobalScope'];

const ROOTS = [['api'], ['javascript', 'builtins'], ['webassembly', 'api']];

/**
 * Prepares the lookup of script features.
 * @param {import('./platform.mjs').Platform} platform
 */
export function scriptFeatures({ judge, at }) {
  const { members, events } = index(at);

  /** @type {(path: string, ...names: string[]) => Entry[]} */
  const within = (path, ...names) =>
    names.flatMap((name) => at(...ROOTS.map((root) => [...root, ...path.split('.'), name])));

  /** @type {(path: string) => Entry[]} */
  const interfaces = (path) => at(...ROOTS.map((root) => [...root, ...path.split('.')]));

  /** @type {(owner: Owner | null) => boolean} */
  const isGlobalObject = (owner) => owner?.path === 'Window';

  /** @type {(name: string) => Missing | null} */
  const global = (name) =>
    judge(name, [
      ...at(...ROOTS.map((root) => [...root, name]), ['webassembly', name]),
      ...GLOBAL_OBJECTS.flatMap((path) => within(path, name)),
    ]);

  /**
   * Returns whether the object itself is missing: then its members are not reported separately.
   * @type {(owner: Owner | null) => boolean}
   */
  const isMissing = (owner) => owner !== null && global(owner.title.split('.')[0] ?? '') !== null;

  /** @type {(owner: Owner | null, type: string) => Missing | null} */
  const event = (owner, type) => {
    if (isMissing(owner)) return null;
    const paths = isGlobalObject(owner) ? GLOBAL_OBJECTS : owner === null ? [] : [owner.path];
    const exact = paths.flatMap((path) => within(path, `${type}_event`));
    return judge(`${type} event`, exact.length > 0 ? exact : (events.get(type) ?? []));
  };

  return {
    /** @type {(name: string) => Missing | null} */
    global,

    /**
     * Looks up an event: exactly if its target is known, otherwise by its type among all interfaces.
     * @type {(target: Owner | null, type: string) => Missing | null}
     */
    event,

    /**
     * Looks up `new X()`: an interface may be older than its constructor.
     * @type {(owner: Owner) => Missing | null}
     */
    construction: ({ path, title }) =>
      judge(title, interfaces(path)) ? null : judge(`new ${title}()`, within(path, path.split('.').at(-1) ?? '')),

    /**
     * Looks up a member of a known object.
     * @param {Owner} owner
     * @param {string} name
     * @returns {Missing | null | undefined} undefined if its interface has no such member, although a parent may
     */
    memberOf(owner, name) {
      if (isGlobalObject(owner)) return global(name);
      if (isMissing(owner)) return null;
      const exact = within(owner.path, ...(owner.isStatic ? [`${name}_static`, name] : [name]));
      return exact.length > 0 ? judge(`${owner.title}.${name}`, exact) : undefined;
    },

    /**
     * Looks up a member by its name only, among all interfaces.
     * @type {(name: string) => Missing | null}
     */
    anyMember: (name) =>
      judge(name, members.get(name) ?? []) ?? (/^on[a-z]/.test(name) ? event(null, name.slice(2)) : null),

    /**
     * Resolves a path of names from the global object.
     * @param {string} path such as `navigator.locks`, `URL`, `Intl.Locale`
     * @returns {Owner | null}
     */
    ownerAt(path) {
      const known = INTERFACES.get(path);
      if (known !== undefined) return { path: known, title: path, isStatic: false };
      return /(^|\.)[A-Z]|^console$/.test(path) && interfaces(path).length > 0
        ? { path, title: path, isStatic: true }
        : null;
    },
  };
}

/**
 * Collects members of instances, and events, by name. JavaScript's own data does not distinguish static members, so these are
 * among the members; and so are the properties of styles.
 * @param {import('./platform.mjs').Platform['at']} at
 */
function index(at) {
  /** @type {Map<string, Entry[]>} */
  const members = new Map();
  /** @type {Map<string, Entry[]>} */
  const events = new Map();
  /** @type {(map: Map<string, Entry[]>, name: string, entry: Entry) => void} */
  const add = (map, name, entry) => {
    const entries = map.get(name);
    if (entries) entries.push(entry);
    else map.set(name, [entry]);
  };
  const intl = at(['javascript', 'builtins', 'Intl']).flatMap(partsOf);
  for (const { name: path, entry } of [...at(...ROOTS).flatMap(partsOf), ...intl]) {
    for (const { name, entry: part } of partsOf(entry)) {
      const type = /^(.+)_event$/.exec(name)?.[1];
      if (type !== undefined) add(events, type, part);
      else if (name !== path && !name.endsWith('_static')) add(members, name, part);
    }
  }
  // `style.fieldSizing`, which has no entry among the interfaces.
  for (const { name, entry } of at(['css', 'properties']).flatMap(partsOf))
    for (const member of new Set([name, name.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase())]))
      if (!name.startsWith('-')) add(members, member, entry);
  return { members, events };
}
