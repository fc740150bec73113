/** Creates all files of a built folder that depend on where and how it is deployed. Pure. */
import { CLIENT_METADATA_FILE, clientMetadataText } from './client-metadata.mjs';
import { configuredPage } from './configured-page.mjs';
import { APP_NAME, deploymentOf } from './deployment.mjs';
import { caddy } from './hosts/caddy.mjs';
import { cloudfront } from './hosts/cloudfront.mjs';
import { githubPages } from './hosts/github-pages.mjs';
import { headersAndRedirects } from './hosts/headers-and-redirects.mjs';
import { nginx } from './hosts/nginx.mjs';
import { vercel } from './hosts/vercel.mjs';
import { securityTxt } from './security-txt.mjs';
import { workerSettings } from './worker-settings.mjs';

/**
 * Returns the contents of all files to write.
 * @param {{ page: string, services: string, manifest: string }} built texts of index.html, services.json and
 *   manifest.webmanifest, as built or as an earlier run wrote them
 * @param {import('./deployment.mjs').Choices} choices
 * @param {number} now in milliseconds
 * @returns {{ deployment: import('./deployment.mjs').Deployment, files: Map<string, string | null> }} files: by path within
 *   the folder; null for a file that must not exist
 * @throws {Error} with a message for the deployer
 */
export function configuredFiles({ page, services, manifest }, choices, now) {
  const file = parsedObject(services, 'services.json');
  const deployment = deploymentOf(choices, file);
  const { url, base, secure, name } = deployment;
  const html = configuredPage(page, deployment);
  /** @type {Map<string, string | null>} */
  const files = new Map([
    ['index.html', html],
    ['services.json', deployment.services === file ? services : `${JSON.stringify(deployment.services, null, 2)}\n`],
    ['manifest.webmanifest', named(parsedObject(manifest, 'manifest.webmanifest'), name)],
    ['deployment.js', workerSettings(deployment)],
    // Authorization servers fetch this document, and only over https.
    [CLIENT_METADATA_FILE, secure ? clientMetadataText(url, name) : null],
    ...Object.entries({
      ...githubPages(html),
      ...headersAndRedirects(deployment),
      ...vercel(deployment),
      ...cloudfront(deployment),
      ...nginx(deployment),
      ...caddy(deployment),
    }),
  ]);
  if (choices.contact) files.set(securityTxtPath(base), securityTxt(choices.contact, { url, now }));
  return { deployment, files };
}

/**
 * Returns the path to write security.txt to. It is only valid at the root of the host (RFC 9116 §3), so for a sub-path it goes
 * into the hosting folder.
 * @param {string} base
 */
export const securityTxtPath = (base) => (base === '/' ? '.well-known/security.txt' : 'hosting/security.txt');

/**
 * Sets the app's name in the web app manifest.
 * @param {Record<string, unknown>} manifest
 * @param {string} name the app's name; a name that the deployer chose is also the short name
 * @returns {string}
 */
function named(manifest, name) {
  const short = name === APP_NAME ? 'Planner' : name;
  return `${JSON.stringify({ ...manifest, name, short_name: short }, null, 2)}\n`;
}

/**
 * Parses a JSON object. The app ignores an invalid file, so the deployer gets an error here.
 * @param {string} text
 * @param {string} file the file's name
 * @returns {Record<string, unknown>}
 * @throws {Error} if the text is not a JSON object
 */
function parsedObject(text, file) {
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error(`${file} must be an object: { … }.`);
  }
  return parsed;
}
