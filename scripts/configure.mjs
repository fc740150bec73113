/**
 * `npm run configure -- --url https://host/path/ dist`: fits a built folder to where and how it is served, without a
 * rebuild. It can be run again, with another address or other choices; what is not said is as usual again, but for what stands in
 * services.json. docs/deployment.md
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CLIENT_METADATA_FILE } from './client-metadata.mjs';
import { configuredFiles, securityTxtPath } from './configured-files.mjs';
import { writePrecache } from './precache.mjs';

const USAGE = `Usage: npm run configure -- --url https://host/path/ [choices] dist

  --policy locked|open          which addresses the page may call: those of the services alone, or all that begin with https://
                                (as services.json says if it is not given: locked where "addService" is false)
  --connect https://host        one more for a locked policy; may be given several times
  --services FILE               taken as services.json, in place of the one in the folder
  --name "Town Planner"         what the app is called
  --security-contact mailto:…   writes security.txt`;

/**
 * @param {string} folder a built one
 * @param {import('./deployment.mjs').Choices & { servicesFile?: string }} choices servicesFile: taken as services.json
 * @returns {string[]} what was done, as lines for a person
 * @throws {Error} saying what is wrong with the folder or the choices; nothing is written then
 */
export function configure(folder, { servicesFile, ...choices }) {
  if (!existsSync(folder) || !statSync(folder).isDirectory() || !existsSync(join(folder, 'index.html'))) {
    throw new Error(`${folder} is no built folder: there is no index.html in it. Run npm run build first.`);
  }
  const textOf = (/** @type {string} */ path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const built = {
    page: readFileSync(join(folder, 'index.html'), 'utf8'),
    services: servicesFile ? readFileSync(servicesFile, 'utf8') : (textOf(join(folder, 'services.json')) ?? '{}\n'),
    manifest: textOf(join(folder, 'manifest.webmanifest')) ?? '{}\n',
  };
  const { deployment, files } = configuredFiles(built, choices, Date.now());
  for (const [path, text] of files) {
    const place = join(folder, path);
    if (text === null) {
      rmSync(place, { force: true });
      continue;
    }
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  writePrecache(folder);
  return report(deployment, choices.contact !== undefined);
}

/**
 * @param {import('./deployment.mjs').Deployment} deployment
 * @param {boolean} hasContact
 * @returns {string[]}
 */
function report({ url, base, secure, connect, services, offersBirdsong }, hasContact) {
  const isShared = base !== '/';
  const offersAdding = services['addService'] !== false;
  return [
    `Fitted to ${url}`,
    connect
      ? `Policy: locked. The page may call ${['its own host', ...connect].join(', ')}. "Add a service" is not offered; "addService": false now stands in services.json.`
      : `Policy: open. The page may call every address that begins with https://${
          offersAdding
            ? ', so that people can add services of their own'
            : '. "Add a service" is not offered all the same, since services.json has "addService": false'
        }. What this gives up: a script that got into the page could send what it reads there to any server.`,
    `Birdsong, the demo network: ${offersBirdsong ? 'on ("birdsong": false in services.json turns it off)' : 'off'}`,
    secure
      ? `${CLIENT_METADATA_FILE}: servers that take such documents know the app by ${url}${CLIENT_METADATA_FILE}`
      : `${CLIENT_METADATA_FILE}: none, since servers fetch it from https addresses alone`,
    ...(hasContact
      ? [`${securityTxtPath(base)}${isShared ? ': copy it to /.well-known/ at the root of the host' : ''}`]
      : []),
    ...(isShared
      ? [
          '_headers, _redirects, vercel.json: move them to the root of what is published',
          `Whatever else is served at ${new URL(url).origin} can read what this app keeps: a host of its own is safer.`,
        ]
      : []),
    `Then, when it is deployed: npm run verify-deploy -- ${url}`,
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        policy: { type: 'string' },
        connect: { type: 'string', multiple: true },
        services: { type: 'string' },
        name: { type: 'string' },
        'security-contact': { type: 'string' },
      },
    });
    const { url, services: servicesFile, 'security-contact': contact, ...choices } = values;
    const [folder, ...more] = positionals;
    if (!url || !folder || more.length > 0) throw new Error(USAGE);
    for (const line of configure(folder, { url, servicesFile, contact, ...choices })) process.stdout.write(`${line}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
