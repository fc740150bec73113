/** Runs nginx as a separate process in a temporary folder, to test the configuration that `configure` writes for it. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installByApt } from './apt.mjs';
import { configure } from './configure.mjs';
import { listen } from './port.mjs';
import { run } from './processes.mjs';

/**
 * @typedef {{
 *   platform: string,
 *   env: Record<string, string | undefined>,
 *   runs: (path: string) => Promise<boolean>,
 *   install: () => Promise<boolean>,
 *   isRoot: boolean,
 *   say: (line: string) => void,
 * }} Machine the environment, and the side effects the search may have; tests replace it
 */

/** Folders that may contain nginx but are often missing from the PATH of users other than root. */
const SERVICE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/**
 * Finds nginx, or installs it if running as root.
 * @param {Machine} [machine]
 * @returns {Promise<string | null>} its path, or null after printing a message if nginx is not available
 * @throws {Error} if nginx is not available in continuous integration, where no test may be skipped
 */
export async function obtainNginx(machine = thisMachine()) {
  const found = await findNginx(machine);
  if (found) return found;
  if (machine.isRoot && machine.platform === 'linux') {
    machine.say('nginx not found: installing it (apt-get).');
    const installed = (await machine.install()) ? await findNginx(machine) : null;
    if (installed) return installed;
  }
  if (machine.env['CI'])
    throw new Error('The tests behind nginx need the package nginx, and it could not be installed.');
  machine.say('SKIPPED: the tests behind nginx. Install the package nginx, or set the NGINX variable to its path.');
  return null;
}

/** @param {Machine} machine */
async function findNginx({ env, runs }) {
  if (env['NGINX']) return env['NGINX'];
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...SERVICE_FOLDERS];
  for (const folder of folders) if (await runs(join(folder, 'nginx'))) return join(folder, 'nginx');
  return null;
}

/** @returns {Machine} */
const thisMachine = () => ({
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  runs: async (path) => (await run(path, ['-v'], { quiet: true })).code === 0,
  install: () => installByApt('nginx'),
  say: (line) => process.stdout.write(`${line}\n`),
});

/**
 * Serves a copy of a built folder on localhost, configured for its URL.
 * @param {string} nginx the path of the executable
 * @param {string} build
 * @param {{ path?: string, tls?: { key: string, cert: string }, choices?: Omit<import('./deployment.mjs').Choices, 'url'> &
 *   { servicesFile?: string }, spoil?: (folder: string) => void }} [options] path: with leading and trailing slashes; choices:
 *   the options of configure; spoil: modifies the configured copy before it is served
 * @returns {Promise<{ url: string, folder: string, close: () => Promise<void> }>}
 * @throws {Error} with nginx's error log if it does not start
 */
export async function serveByNginx(nginx, build, { path = '/', tls, choices = {}, spoil } = {}) {
  const prefix = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const url = `${tls ? 'https' : 'http'}://localhost:${port}${path}`;
  const folder = join(prefix, 'www', path);
  cpSync(build, folder, { recursive: true });
  configure(folder, { url, ...choices });
  spoil?.(folder);
  if (tls)
    for (const part of /** @type {const} */ (['key', 'cert'])) writeFileSync(join(prefix, `${part}.pem`), tls[part]);
  writeFileSync(
    join(prefix, 'nginx.conf'),
    mainConfiguration(prefix, port, join(folder, 'hosting/nginx.conf'), tls !== undefined),
  );

  const child = spawn(nginx, ['-p', prefix, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const runs = () => child.pid !== undefined && child.exitCode === null;
  while (runs() && !(await isUp(url))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!runs()) {
    const log = join(prefix, 'error.log');
    const logText = existsSync(log) ? readFileSync(log, 'utf8') : `${nginx} could not be started`;
    rmSync(prefix, { recursive: true });
    throw new Error(`nginx did not start:\n${logText}`);
  }
  return {
    url,
    folder,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(prefix, { recursive: true });
    },
  };
}

/** @type {(prefix: string, port: number, site: string, tls: boolean) => string} */
const mainConfiguration = (prefix, port, site, tls) => `${process.getuid?.() === 0 ? 'user root;\n' : ''}daemon off;
worker_processes 1;
pid nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `  ${kind}_temp_path ${kind};\n`).join('')}
  server {
    listen 127.0.0.1:${port}${tls ? ` ssl http2;\n    ssl_certificate ${prefix}/cert.pem;\n    ssl_certificate_key ${prefix}/key.pem` : ''};
    root ${prefix}/www;
    include ${site};
  }
}
`;

async function freePort() {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @param {string} url */
async function isUp(url) {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: hostname === 'localhost' ? '127.0.0.1' : hostname }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
