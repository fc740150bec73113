/**
 * `npm run configure -- --url https://host/path/ dist`: configures a built folder for where and how it is served, without a
 * rebuild. It can be run again with another URL or other options. Options that are not given return to their defaults, except for
 * the contents of services.json. See docs/deployment.md.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CLIENT_METADATA_FILE } from './client-metadata.mjs';
import { configuredFiles, securityTxtPath } from './configured-files.mjs';
import { writePrecache } from './precache.mjs';

const USAGE = `Usage: npm run configure -- --url https://host/path/ [choices] dist

  --policy locked|open          which URLs the page may call: only those of the services, or any https URL
                                (default: locked if "addService" is false in services.json, otherwise open)
  --connect https://host        a further origin for a locked policy; can be repeated
  --services FILE               used as services.json instead of the one in the folder
  --name "Town Planner"         the app's name
  --security-contact mailto:…   writes security.txt`;

/**
 * Configures a built folder.
 * @param {string} folder
 * @param {import('./deployment.mjs').Choices & { servicesFile?: string | undefined }} choices servicesFile: used as services.json
 * @returns {string[]} a report for the deployer, line by line
 * @throws {Error} if the folder or an option is invalid; in that case nothing is written
 */
export function configure(folder, { servicesFile, ...choices }) {
  if (!existsSync(folder) || !statSync(folder).isDirectory() || !existsSync(join(folder, 'index.html'))) {
    throw new Error(`${folder} is not a built folder: it has no index.html. Run npm run build first.`);
  }
  const textOf = (/** @type {string} */ path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const built = {
    page: readFileSync(join(folder, 'index.html'), 'utf8'),
    services: servicesFile ? readFileSync(servicesFile, 'utf8') : (textOf(join(folder, 'services.json')) ?? '{}\n'),
    manifest: textOf(join(folder, 'manifest.webmanifest')) ?? '{}\n',
  };
  const { deployment, files } = configuredFiles(built, choices, Date.now());
  for (const [path, text] of files) {
    const target = join(folder, path);
    if (text === null) {
      rmSync(target, { force: true });
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
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
    `Configured for ${url}`,
    connect
      ? `Policy: locked. The page may call ${['its own host', ...connect].join(', ')}. "Add a service" is not offered; "addService": false now stands in services.json.`
      : `Policy: open. The page may call any https URL${
          offersAdding
            ? ', so that users can add their own services'
            : '. "Add a service" is not offered all the same, since services.json has "addService": false'
        }. What this gives up: a script injected into the page could send the data that it reads to any server.`,
    `Birdsong, the demo network: ${offersBirdsong ? 'on ("birdsong": false in services.json turns it off)' : 'off'}`,
    secure
      ? `${CLIENT_METADATA_FILE}: servers that support client metadata documents identify the app by ${url}${CLIENT_METADATA_FILE}`
      : `${CLIENT_METADATA_FILE}: not written, because servers only fetch it over https`,
    ...(hasContact
      ? [`${securityTxtPath(base)}${isShared ? ': copy it to /.well-known/ at the root of the host' : ''}`]
      : []),
    ...(isShared
      ? [
          '_headers, _redirects, vercel.json: move them to the root of the published folder',
          `Anything else served at ${new URL(url).origin} can read the data that this app stores: a separate host is safer.`,
        ]
      : []),
    `After deploying: npm run verify-deploy -- ${url}`,
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
