/** Every file of a built folder that depends on where and how it is deployed. Pure. */
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
 * @param {{ page: string, services: string, manifest: string }} built texts of index.html, services.json and
 *   manifest.webmanifest, as built or as an earlier run left them
 * @param {import('./deployment.mjs').Choices} choices
 * @param {number} now in milliseconds
 * @returns {{ deployment: import('./deployment.mjs').Deployment, files: Map<string, string | null> }} by path within the
 *   folder; null for a file that must not be there
 * @throws {Error} with a sentence on what is wrong
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
    // Servers fetch it themselves, from a public https address alone.
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
 * Where security.txt is written: it is looked for at the root of the host alone (RFC 9116 §3).
 * @param {string} base
 */
export const securityTxtPath = (base) => (base === '/' ? '.well-known/security.txt' : 'hosting/security.txt');

/**
 * @param {Record<string, unknown>} manifest
 * @param {string} name of the app; a name of the deployer's own stands below its icon as well
 * @returns {string}
 */
function named(manifest, name) {
  const short = name === APP_NAME ? 'Planner' : name;
  return `${JSON.stringify({ ...manifest, name, short_name: short }, null, 2)}\n`;
}

/**
 * @param {string} text
 * @param {string} file its name
 * @returns {Record<string, unknown>}
 * @throws {Error} the app passes a broken file over; who deploys it is told
 */
function parsedObject(text, file) {
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error(`${file} has to be an object: { … }.`);
  }
  return parsed;
}
