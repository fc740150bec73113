/**
 * `npm run configure -- --url https://host/path/ dist`: fits a built folder to the address it will be served at, without a
 * rebuild. It writes the client id metadata document, by which servers know the app without registering it.
 */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CLIENT_METADATA_FILE, clientMetadataText, deploymentAddressFault } from './client-metadata.mjs';

const USAGE = 'Usage: npm run configure -- --url https://host/path/ dist';

/**
 * @param {string} folder a built one
 * @param {string} address where it will be served, with its last slash
 * @returns {string[]} what was written, as lines for a person
 * @throws {Error} saying what is wrong with the folder or the address; nothing is written then
 */
export function configure(folder, address) {
  const fault = deploymentAddressFault(address);
  if (fault) throw new Error(`--url: ${fault}`);
  if (!existsSync(folder) || !statSync(folder).isDirectory() || !existsSync(join(folder, 'index.html'))) {
    throw new Error(`${folder} is no built folder: there is no index.html in it. Run npm run build first.`);
  }
  const text = clientMetadataText(address);
  writeFileSync(join(folder, CLIENT_METADATA_FILE), text);
  return [`${join(folder, CLIENT_METADATA_FILE)}: servers that take such documents know the app by ${address}`];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } });
    const [folder, ...more] = positionals;
    if (!values.url || !folder || more.length > 0) throw new Error(USAGE);
    for (const line of configure(folder, values.url)) process.stdout.write(`${line}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
