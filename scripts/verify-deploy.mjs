/**
 * `npm run verify-deploy -- https://host/path/`: checks over the network whether a site is deployed correctly, and prints the
 * findings. Exits with code 1 if there is a fault.
 */
import { pathToFileURL } from 'node:url';
import {
  metadataFindings,
  locationFindings,
  securityTxtFindings,
  servicesFindings,
  workerFindings,
} from './verify/documents.mjs';
import { fallbackFindings } from './verify/fallback.mjs';
import { findingTable } from './verify/finding.mjs';
import { headerFindings, lifetimeFindings } from './verify/headers.mjs';
import { policyFindings } from './verify/policy.mjs';
import { visit } from './verify/visit.mjs';

/**
 * Runs all checks on a deployed site.
 * @param {string} url the URL of the folder with index.html, with its trailing slash
 * @returns {Promise<import('./verify/finding.mjs').Finding[]>}
 * @throws {Error} if the URL is invalid or the site does not respond
 */
export async function verifyDeploy(url) {
  if (!URL.canParse(url) || !/^https?:\/\/[^?#]*\/$/.test(url)) {
    throw new Error('Usage: npm run verify-deploy -- https://host/path/   (with the trailing slash)');
  }
  const site = await visit(url);
  return [
    ...locationFindings(site),
    ...policyFindings(site),
    ...headerFindings(site),
    ...fallbackFindings(site),
    ...lifetimeFindings(site),
    ...workerFindings(site),
    ...servicesFindings(site),
    ...metadataFindings(site),
    ...securityTxtFindings(site, Date.now()),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const findings = await verifyDeploy(process.argv[2] ?? '');
    process.stdout.write(findingTable(findings));
    process.exitCode = findings.some(({ grade }) => grade === 'FAULT') ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
