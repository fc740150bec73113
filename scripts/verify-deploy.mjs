/**
 * `npm run verify-deploy -- https://host/path/`: looks whether a deployed site is as it has to be, from outside, and says what is
 * not. Ends with 1 when there is a fault.
 */
import { pathToFileURL } from 'node:url';
import {
  metadataFindings,
  placeFindings,
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
 * @param {string} address where index.html is, with its last slash
 * @returns {Promise<import('./verify/finding.mjs').Finding[]>}
 * @throws {Error} when it is no address, or nothing answers
 */
export async function verifyDeploy(address) {
  if (!URL.canParse(address) || !/^https?:\/\/[^?#]*\/$/.test(address)) {
    throw new Error('Usage: npm run verify-deploy -- https://host/path/   (with its last slash)');
  }
  const site = await visit(address);
  return [
    ...placeFindings(site),
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
