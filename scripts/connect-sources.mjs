/** Where the page may call under a locked policy: the origins that services.json names. Pure. PAGE-2 */

/**
 * The members of a service, and of its endpoints, that hold an address which the page calls. A person is sent to the
 * authorization and the end-session endpoint; the policy does not concern those.
 */
const CALLED = ['resource', 'issuer', 'api'];
const ONLY_VISITED = new Set(['authorization_endpoint', 'end_session_endpoint']);

/** A host's name can hold what ends a directive (`;`), or stands for every host (`*`). */
const ORIGIN = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

/**
 * @param {unknown} address
 * @returns {string | null} its origin, as a policy can name it; null for what is no plain address
 */
export function originOf(address) {
  if (typeof address !== 'string' || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  return ORIGIN.test(origin) ? origin : null;
}

/**
 * @param {Record<string, unknown>} file services.json
 * @returns {{ origins: string[], faults: string[] }} each origin once, in the file's order; faults: what keeps a policy from
 *   listing all that a service needs, as sentences that repeat no value of the file
 */
export function connectSources(file) {
  const services = Array.isArray(file['services']) ? file['services'] : [];
  /** @type {Set<string>} */
  const origins = new Set();
  /** @type {string[]} */
  const faults = [];
  for (const [index, service] of services.entries()) {
    for (const [member, address] of calledAddresses(service)) {
      const origin = originOf(address);
      if (origin) origins.add(origin);
      else faults.push(`services[${index}].${member} is no address that a policy can name.`);
    }
    // What a resource says of its issuer is known when it is asked, which is after the policy was written.
    if (!service?.issuer) faults.push(`services[${index}] names no issuer, which a locked policy has to list.`);
  }
  return { origins: [...origins], faults };
}

/**
 * @param {any} service
 * @returns {[member: string, address: unknown][]}
 */
function calledAddresses(service) {
  const own = CALLED.map((member) => [member, service?.[member]]);
  const endpoints = Object.entries(service?.endpoints ?? {})
    .filter(([name]) => !ONLY_VISITED.has(name))
    .map(([name, address]) => [`endpoints.${name}`, address]);
  return /** @type {[string, unknown][]} */ ([...own, ...endpoints].filter(([, address]) => address !== undefined));
}
