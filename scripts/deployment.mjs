/** What is true of one deployment: from its address, its services.json, and what the deployer chose. Pure. */
import { deploymentAddressFault } from './client-metadata.mjs';
import { connectSources, originOf } from './connect-sources.mjs';
import { contentSecurityPolicy, isLoopbackHost, pageHeaders } from './hosting.mjs';

/**
 * @typedef {{ url: string, name?: string, policy?: string, connect?: readonly string[], contact?: string }} Choices
 *   url: where it will be served, with its last slash; connect: origins that a locked policy lists beside those of the services
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
 * }} Deployment base: the address's path; connect: null where the policy is open; services: services.json as it is to be served
 */

export const APP_NAME = 'Content Planner';

const MAX_NAME = 48;

/**
 * @param {Choices} choices
 * @param {Record<string, unknown>} services services.json. Who offers no "Add a service" needs no open policy, and the other way
 *   round: `policy` follows `addService` where it is not chosen, and `addService` follows `policy` where it is locked.
 * @returns {Deployment}
 * @throws {Error} with a sentence on what is wrong
 */
export function deploymentOf({ url: typed, name = APP_NAME, policy: chosen, connect: more = [] }, services) {
  const fault = deploymentAddressFault(typed);
  if (fault) throw new Error(`--url: ${fault}`);
  // As browsers and servers will have it: client ids are compared letter by letter.
  const url = new URL(typed).href;
  if (!name.trim() || name.length > MAX_NAME || /\p{Cc}/u.test(name)) {
    throw new Error(`--name: It has to be one line of 1 to ${MAX_NAME} characters.`);
  }
  const policy = chosen ?? (services['addService'] === false ? 'locked' : 'open');
  if (policy !== 'locked' && policy !== 'open') throw new Error('--policy: It is either locked or open.');
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
 * @param {Record<string, unknown>} services
 * @param {readonly string[]} more
 * @returns {string[]} origins
 * @throws {Error} when not all that is needed is known
 */
function lockedTo(services, more) {
  const { origins, faults } = connectSources(services);
  if (faults.length > 0) throw new Error(`A locked policy cannot be written:\n${faults.join('\n')}`);
  const added = more.map((address) => {
    const origin = originOf(address);
    if (origin === null || origin !== address) throw new Error(`--connect: "${address}" is no origin: https://host`);
    return origin;
  });
  return [...new Set([...origins, ...added])];
}
