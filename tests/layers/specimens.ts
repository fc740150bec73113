/** One file for each thing a layer might import or use, and whether it may. */
import { join } from 'node:path';

const LAYERS = [
  'lib',
  'oauth',
  'trace',
  'storage',
  'ui',
  'messages',
  'birdsong',
  'connections',
  'api',
  'networks',
  'planning',
  'failures',
  'offline',
];
/** The rooms of connections/, lowest first: which others each may import, beside the files that stand in no room. */
const ROOMS: Record<string, string[]> = {
  services: [],
  http: ['services'],
  discovery: ['http', 'services'],
  store: ['http', 'services'],
  registration: ['discovery', 'store', 'http', 'services'],
  disconnect: ['registration', 'discovery', 'store', 'http', 'services'],
  'sign-in': ['disconnect', 'registration', 'discovery', 'store', 'http', 'services'],
  refresh: ['disconnect', 'registration', 'discovery', 'store', 'http', 'services'],
};
const room = (name: string) => `connections/${name}`;
const CONNECTIONS = ['connections', ...Object.keys(ROOMS).map(room)];

const TARGETS = [
  ...LAYERS,
  ...Object.keys(ROOMS).map(room),
  'features/planner',
  'features/connections',
  'features/inspector',
  'app',
];
const UNDER_APP = TARGETS.filter((target) => target !== 'birdsong');

const UNDER_FEATURES = ['planning', 'networks', 'api', ...CONNECTIONS, 'trace', 'failures', 'ui', 'messages'];

/**
 * Who may import whom, beside `lib`, which all but `birdsong` may import. A layer not named here may import nothing else:
 * `newcomer` stands for one that was just added.
 */
const MAY_IMPORT: Record<string, string[]> = {
  lib: [],
  oauth: [],
  trace: ['trace'],
  storage: [],
  ui: [],
  messages: [],
  offline: [],
  birdsong: ['birdsong'],
  connections: ['oauth', 'storage', 'trace'],
  ...Object.fromEntries(
    Object.entries(ROOMS).map(([name, below]) => [
      room(name),
      ['connections', ...below.map(room), 'oauth', 'storage', 'trace'],
    ]),
  ),
  api: [...CONNECTIONS, 'oauth', 'trace'],
  networks: ['api'],
  planning: ['networks', 'api', 'storage'],
  failures: [...CONNECTIONS, 'ui', 'messages'],
  'features/planner': UNDER_FEATURES,
  'features/connections': [...UNDER_FEATURES, 'features/connections'],
  'features/inspector': [...UNDER_FEATURES, 'features/inspector'],
  newcomer: [],
  app: UNDER_APP,
  'boot.ts': UNDER_APP,
  'main.tsx': UNDER_APP,
  'service-worker.ts': [...CONNECTIONS, 'oauth', 'offline', 'trace'],
};

const mayImport = (layer: string, target: string): boolean =>
  target === 'lib' ? layer !== 'birdsong' : (MAY_IMPORT[layer]?.includes(target) ?? false);

/** A file to lint: `file` below `project`, a folder with a copy of the rules (which take their globs from there). */
export interface Specimen {
  project: string;
  file: string;
  code: string;
}

const isRootFile = (layer: string) => layer.endsWith('.ts') || layer.endsWith('.tsx');

/** There is one boot.ts in a project, so each specimen of a root file has a project of its own. */
function specimen(layer: string, name: string, code: string): Specimen {
  return isRootFile(layer)
    ? { project: name, file: join('src', layer), code }
    : { project: 'folders', file: join('src', layer, `${name}.ts`), code };
}

const importing = (path: string) => `import { thing } from '${path}';\nthing();\n`;
const pairName = (target: string) => `imports-${target.replace(/\W/g, '-')}`;

/** Every layer with everything it might import across layers. */
export const PAIRS = Object.keys(MAY_IMPORT).flatMap((layer) =>
  TARGETS.filter((target) => target !== layer || mayImport(layer, target)).map((target) => ({
    layer,
    target,
    allowed: mayImport(layer, target),
    written: specimen(layer, pairName(target), importing(`#${target}/thing.ts`)),
  })),
);

const folders = Object.keys(MAY_IMPORT).filter((layer) => !isRootFile(layer));
/** Other ways to break a rule, and what no rule may forbid. `rule` is the restriction broken, if any. */
export const OTHERS: { what: string; rule: string | null; written: Specimen }[] = [
  ...[...folders, 'features/planner/parts', '../tests/oauth', '../scripts'].flatMap((layer) => [
    { what: `${layer} by ../`, rule: 'imports', written: specimen(layer, 'up', importing('../thing.ts')) },
    { what: `${layer} by ./../`, rule: 'imports', written: specimen(layer, 'round', importing('./../thing.ts')) },
    { what: `${layer} by ./`, rule: null, written: specimen(layer, 'beside', importing('./thing.ts')) },
  ]),
  ...folders.flatMap((layer) =>
    ['#service-worker.ts', '#scripts/serve.mjs', '#tests/support/server.ts'].map((path) => ({
      what: `${layer} importing ${path}`,
      rule: 'imports',
      written: specimen(layer, `outside-${path.replace(/\W/g, '-')}`, importing(path)),
    })),
  ),
  ...folders
    .filter((layer) => layer !== 'app')
    .map((layer) => ({
      what: `${layer} importing #main.tsx`,
      rule: 'imports',
      written: specimen(layer, 'main', importing('#main.tsx')),
    })),
  ...['boot.ts', 'main.tsx', 'service-worker.ts'].map((file) => ({
    what: `${file} reaching into a folder by ./`,
    rule: 'imports',
    written: specimen(file, 'folder', importing('./birdsong/thing.ts')),
  })),
  {
    what: 'a file of connections that stands in no room, reaching into one by ./',
    rule: 'imports',
    written: specimen('connections', 'room', importing('./store/thing.ts')),
  },
  { what: 'boot.ts loading main', rule: null, written: specimen('boot.ts', 'loads', "await import('./main.tsx');") },
  ...[
    "await import('#connections/thing.ts');",
    "export { thing } from '#connections/thing.ts';",
    "import type { Thing } from '#connections/thing.ts';\nexport const thing: Thing | null = null;",
    importing('react'),
    importing('idb-keyval'),
  ].map((code, index) => ({
    what: `oauth: ${code}`,
    rule: 'imports',
    written: specimen('oauth', `form-${index}`, code),
  })),
  ...['window', 'document', 'localStorage', 'sessionStorage', 'indexedDB', 'fetch', 'setTimeout', 'self'].map(
    (name) => ({
      what: `oauth using the global ${name}`,
      rule: 'globals',
      written: specimen('oauth', `uses-${name}`, `export const used = ${name};\n`),
    }),
  ),
  {
    what: 'oauth using a fetch it was given',
    rule: null,
    written: specimen('oauth', 'given', 'export const call = (fetch: () => void) => fetch();\n'),
  },
  {
    what: 'birdsong using the library of the client',
    rule: 'imports',
    written: specimen('birdsong', 'client', importing('oauth4webapi')),
  },
];
