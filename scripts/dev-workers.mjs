/**
 * The developer server's part of what dist has and the sources have not: the two worker files, built when asked for,
 * and a 404 where a host must not answer with the app.
 */
import { join, sep } from 'node:path';
import { build } from 'vite';
import { responseRules } from './hosting.mjs';
import { root } from './ensure-installed.mjs';
import { PRECACHE_FILE } from './precache.mjs';
import { WORKER_FILES, workerBuild } from './worker-build.mjs';

const SCRIPT = { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' };

/**
 * A Vite plugin for the developer server.
 * @returns {import('vite').Plugin}
 */
export function devWorkers() {
  /** @type {Map<string, Promise<string>>} */
  const built = new Map();
  /**
   * @param {import('./worker-build.mjs').WorkerFile} file
   * @param {import('node:http').ServerResponse} response
   * @param {(error: unknown) => void} next shows the fault in the page, as Vite does
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
        // Nothing is kept while the sources change.
        if (path === `/${PRECACHE_FILE}`) response.writeHead(200, SCRIPT).end('self.precache = undefined;\n');
        else if (file) void sendScript(file, response, next);
        else next();
      });
      // After Vite has looked for a file of that name, and before it answers with the page. PAGE-7
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
 * @param {string | undefined} url of a request
 * @returns {string}
 */
const pathOf = (url) => new URL(url ?? '/', 'http://localhost').pathname;

/**
 * @param {import('./worker-build.mjs').WorkerFile} file
 * @returns {Promise<string>} its code, readable
 */
async function scriptOf(file) {
  const result = await build(workerBuild(file, { outDir: join(root, 'dist'), write: false, minify: false }));
  const output = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunk = output.find((one) => one.type === 'chunk');
  if (!chunk) throw new Error(`${file} was built to nothing`);
  return chunk.code;
}
