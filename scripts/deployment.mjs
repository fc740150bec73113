/** Derives the properties of a deployment from its URL, its services.json and the deployer's options. Pure. */
import { deploymentUrlProblem } from './client-metadata.mjs';
import { connectSources, originOf } from './connect-sources.mjs';
import { contentSecurityPolicy, isLoopbackHost, pageHeaders } from './hosting.mjs';

/**
 * @typedef {{ url: string, name?: string, policy?: string, connect?: readonly string[], contact?: string | undefined }} Choices
 *   url: where it will be served, with a trailing slash; connect: further origins for a locked policy, besides those of the
 *   services
 *
 * @typedef {{
 *   url: string,
 *   base: string,
 *   secure: boolean,
 *   name: string,
 *   policy: 'locked' | 'open',
 *   connect: string[] | null,
 *   csp: string,
 *   headers: Record<string, string>,
 *   services: Record<string, unknown>,
 *   offersBirdsong: boolean,
 * }} Deployment base: the URL's path; connect: null for an open policy; services: the contents of services.json to serve
 */

export const APP_NAME = 'Content Planner';

const MAX_NAME = 48;

/**
 * Derives the deployment's properties. An open policy is only needed to offer "Add a service", so `policy` defaults to locked
 * if `addService` is false, and a locked policy sets `addService` to false.
 * @param {Choices} choices
 * @param {Record<string, unknown>} services services.json
 * @returns {Deployment}
 * @throws {Error} with a message for the deployer
 */
export function deploymentOf({ url: typed, name = APP_NAME, policy: chosen, connect: more = [] }, services) {
  const fault = deploymentUrlProblem(typed);
  if (fault) throw new Error(`--url: ${fault}`);
  // Normalised as browsers and servers do, because client ids are compared character by character.
  const url = new URL(typed).href;
  if (!name.trim() || name.length > MAX_NAME || /\p{Cc}/u.test(name)) {
    throw new Error(`--name: It must be one line of 1 to ${MAX_NAME} characters.`);
  }
  const policy = chosen ?? (services['addService'] === false ? 'locked' : 'open');
  if (policy !== 'locked' && policy !== 'open') throw new Error('--policy: It must be locked or open.');
  if (policy === 'open' && more.length > 0) throw new Error('--connect: An open policy has no list to add to.');

  const { protocol, host, pathname } = new URL(url);
  const connect = policy === 'locked' ? lockedTo(services, more) : null;
  const secure = protocol === 'https:';
  const csp = contentSecurityPolicy({ loopback: isLoopbackHost(host), connect });
  return {
    url,
    base: pathname,
    secure,
    name,
    policy,
    connect,
    csp,
    headers: pageHeaders({ policy: csp, secure }),
    services: policy === 'locked' && services['addService'] !== false ? { ...services, addService: false } : services,
    offersBirdsong: services['birdsong'] !== false,
  };
}

/**
 * Returns the connect-src origins of a locked policy.
 * @param {Record<string, unknown>} services
 * @param {readonly string[]} more further origins
 * @returns {string[]}
 * @throws {Error} if services.json does not name all the needed origins, or a further origin is invalid
 */
function lockedTo(services, more) {
  const { origins, faults } = connectSources(services);
  if (faults.length > 0) throw new Error(`A locked policy cannot be written:\n${faults.join('\n')}`);
  const added = more.map((url) => {
    const origin = originOf(url);
    if (origin === null || origin !== url) throw new Error(`--connect: "${url}" is not an origin such as https://host`);
    return origin;
  });
  return [...new Set([...origins, ...added])];
}
