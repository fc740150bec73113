/** One file for each thing that a layer might import or use, and whether it may. */
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
/** The folders of connections/, lowest first: which others each may import, beside the files outside these folders. */
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

const UNDER_FEATURES = ['lib', 'planning', 'networks', 'api', ...CONNECTIONS, 'trace', 'failures', 'ui', 'messages'];

/** Which layer may import which. A layer that is not listed may import only `lib`: `newcomer` stands for a new one. */
const MAY_IMPORT: Record<string, string[]> = {
  lib: [],
  oauth: ['lib'],
  trace: ['lib', 'trace'],
  storage: ['lib'],
  ui: ['lib'],
  messages: ['lib'],
  offline: ['lib'],
  birdsong: ['birdsong'],
  connections: ['lib', 'oauth', 'storage', 'trace'],
  ...Object.fromEntries(
    Object.entries(ROOMS).map(([name, below]) => [
      room(name),
      ['connections', ...below.map(room), 'lib', 'oauth', 'storage', 'trace'],
    ]),
  ),
  api: [...CONNECTIONS, 'lib', 'oauth', 'trace'],
  networks: ['lib', 'api'],
  planning: ['lib', 'networks', 'api', 'storage'],
  failures: [...CONNECTIONS, 'lib', 'ui', 'messages'],
  'features/planner': UNDER_FEATURES,
  'features/connections': [...UNDER_FEATURES, 'features/connections'],
  'features/inspector': [...UNDER_FEATURES, 'features/inspector'],
  newcomer: ['lib'],
  app: UNDER_APP,
  'boot.ts': UNDER_APP,
  'main.tsx': UNDER_APP,
  'service-worker.ts': [...CONNECTIONS, 'lib', 'oauth', 'offline', 'trace'],
};

/** A file to lint: `file` below `project`, a folder with a copy of the rules, whose globs are relative to it. */
export interface Specimen {
  project: string;
  file: string;
  code: string;
}

const isRootFile = (layer: string) => layer.endsWith('.ts') || layer.endsWith('.tsx');

/** A project has one boot.ts, so each specimen of a root file has a project of its own. */
function specimen(layer: string, name: string, code: string): Specimen {
  return isRootFile(layer)
    ? { project: name, file: join('src', layer), code }
    : { project: 'folders', file: join('src', layer, `${name}.ts`), code };
}

const importing = (path: string) => `import { thing } from '${path}';\nthing();\n`;
const pairName = (target: string) => `imports-${target.replace(/\W/g, '-')}`;

/** Every layer with everything that it might import from others. */
export const PAIRS = Object.keys(MAY_IMPORT).flatMap((layer) =>
  TARGETS.filter((target) => target !== layer || MAY_IMPORT[layer]?.includes(target)).map((target) => ({
    layer,
    target,
    allowed: MAY_IMPORT[layer]?.includes(target) ?? false,
    written: specimen(layer, pairName(target), importing(`#${target}/thing.ts`)),
  })),
);

const folders = Object.keys(MAY_IMPORT).filter((layer) => !isRootFile(layer));
/** Other ways to break a rule, and code that no rule may forbid. `rule` is the violated restriction, if any. */
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
  ...['lib', 'oauth'].flatMap((layer) => [
    ...[
      "await import('#connections/thing.ts');",
      "export { thing } from '#connections/thing.ts';",
      "import type { Thing } from '#connections/thing.ts';\nexport const thing: Thing | null = null;",
      importing('react'),
      importing('idb-keyval'),
    ].map((code, index) => ({
      what: `${layer}: ${code}`,
      rule: 'imports',
      written: specimen(layer, `form-${index}`, code),
    })),
    ...['window', 'document', 'localStorage', 'sessionStorage', 'indexedDB', 'fetch', 'setTimeout', 'self'].map(
      (name) => ({
        what: `${layer} using the global ${name}`,
        rule: 'globals',
        written: specimen(layer, `uses-${name}`, `export const used = ${name};\n`),
      }),
    ),
  ]),
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
