/** nginx as a process of its own, with a folder of its own: what `configure` writes for it is tried out by it. */
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
 * }} Machine what the finder may look at and do
 */

/** Where it is not on the PATH of those who are not root. */
const SERVICE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/**
 * Finds nginx, or installs it as root.
 * @param {Machine} [machine]
 * @returns {Promise<string | null>} its path; null where there is none and none can be had, which is then said
 * @throws {Error} in continuous integration, where nothing is to be left out in silence
 */
export async function obtainNginx(machine = thisMachine()) {
  const found = await findNginx(machine);
  if (found) return found;
  if (machine.isRoot && machine.platform === 'linux') {
    machine.say('No nginx here: installing it (apt-get).');
    const installed = (await machine.install()) ? await findNginx(machine) : null;
    if (installed) return installed;
  }
  if (machine.env['CI'])
    throw new Error('The tests behind nginx need the package nginx, and it could not be installed.');
  machine.say('LEFT OUT: the tests behind nginx. Install the package nginx, or set the NGINX variable to its path.');
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
 * Serves a copy of a built folder, configured for where it is served, on this machine alone.
 * @param {string} nginx its path
 * @param {string} build
 * @param {{ path?: string, tls?: { key: string, cert: string }, choices?: Omit<import('./deployment.mjs').Choices, 'url'> &
 *   { servicesFile?: string }, spoil?: (folder: string) => void }} [options] path: with slashes around; choices: of configure;
 *   spoil: does something to the configured copy before it is served
 * @returns {Promise<{ url: string, folder: string, close: () => Promise<void> }>}
 * @throws {Error} with nginx's own words when it does not start
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
  while (runs() && !(await answers(url))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!runs()) {
    const log = join(prefix, 'error.log');
    const words = existsSync(log) ? readFileSync(log, 'utf8') : `${nginx} cannot be run`;
    rmSync(prefix, { recursive: true });
    throw new Error(`nginx did not start:\n${words}`);
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
async function answers(url) {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: hostname === 'localhost' ? '127.0.0.1' : hostname }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
