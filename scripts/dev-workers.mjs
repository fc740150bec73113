/**
 * Adds to the development server what only a build has: the two worker files, which are built on request, and a 404 for paths
 * that must not get the app's page.
 */
import { join, sep } from 'node:path';
import { build } from 'vite';
import { responseRules } from './hosting.mjs';
import { root } from './ensure-installed.mjs';
import { PRECACHE_FILE } from './precache.mjs';
import { WORKER_FILES, workerBuild } from './worker-build.mjs';

const SCRIPT = { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' };

/**
 * Creates the Vite plugin for the development server.
 * @returns {import('vite').Plugin}
 */
export function devWorkers() {
  /** @type {Map<string, Promise<string>>} */
  const built = new Map();
  /**
   * Builds a worker file, or uses the cached build, and sends it.
   * @param {import('./worker-build.mjs').WorkerFile} file
   * @param {import('node:http').ServerResponse} response
   * @param {(error: unknown) => void} next passes an error to Vite, which shows it in the page
   */
  const sendScript = async (file, response, next) => {
    const script = built.get(file) ?? scriptOf(file);
    built.set(file, script);
    try {
      response.writeHead(200, SCRIPT).end(await script);
    } catch (error) {
      built.delete(file);
      next(error);
    }
  };
  return {
    name: 'content-planner:workers',
    apply: 'serve',
    configureServer(server) {
      server.watcher.on('all', (_event, file) => {
        if (file.startsWith(join(root, 'src') + sep)) built.clear();
      });
      server.middlewares.use((request, response, next) => {
        const path = pathOf(request.originalUrl);
        const file = WORKER_FILES.find((name) => path === `/${name}`);
        // Nothing is precached during development.
        if (path === `/${PRECACHE_FILE}`) response.writeHead(200, SCRIPT).end('self.precache = undefined;\n');
        else if (file) void sendScript(file, response, next);
        else next();
      });
      // Runs after Vite's file middleware and before its fallback to the page. PAGE-7
      return () => {
        server.middlewares.use((request, response, next) => {
          const path = pathOf(request.originalUrl);
          if (path === '/index.html' || responseRules(path).fallback) return next();
          response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
        });
      };
    },
  };
}

/**
 * Returns the path of a request's URL.
 * @param {string | undefined} url
 * @returns {string}
 */
const pathOf = (url) => new URL(url ?? '/', 'http://localhost').pathname;

/**
 * Builds a worker file without minifying it.
 * @param {import('./worker-build.mjs').WorkerFile} file
 * @returns {Promise<string>} its code
 */
async function scriptOf(file) {
  const result = await build(workerBuild(file, { outDir: join(root, 'dist'), write: false, minify: false }));
  const output = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunk = output.find((one) => one.type === 'chunk');
  if (!chunk) throw new Error(`${file} produced no output`);
  return chunk.code;
}
