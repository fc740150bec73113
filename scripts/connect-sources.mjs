/** Collects the origins that the page may call under a locked policy from services.json. Pure. PAGE-2 */

/**
 * The members of a service whose URLs the page calls. It also calls all of the service's endpoints, except for the authorization
 * and the end-session endpoint: the browser navigates to those, so connect-src does not apply.
 */
const CALLED = ['resource', 'issuer', 'api'];
const ONLY_VISITED = new Set(['authorization_endpoint', 'end_session_endpoint']);

/** Accepts only plain host names, because a host could contain `;`, which ends a directive, or `*`, which matches any host. */
const ORIGIN = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

/**
 * Returns the origin of a URL as a CSP source.
 * @param {unknown} url
 * @returns {string | null} null if it is not a URL or has an origin that a policy cannot express
 */
export function originOf(url) {
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return ORIGIN.test(origin) ? origin : null;
}

/**
 * Returns the origins that the page calls.
 * @param {Record<string, unknown>} file services.json
 * @returns {{ origins: string[], faults: string[] }} origins: each once, in the file's order; faults: sentences on why a policy
 *   cannot list everything that a service needs, without values of the file
 */
export function connectSources(file) {
  const services = Array.isArray(file['services']) ? file['services'] : [];
  /** @type {Set<string>} */
  const origins = new Set();
  /** @type {string[]} */
  const faults = [];
  for (const [index, service] of services.entries()) {
    for (const [member, url] of calledUrls(service)) {
      const origin = originOf(url);
      if (origin) origins.add(origin);
      else faults.push(`services[${index}].${member} is not a URL with an origin that a policy can list.`);
    }
    // The issuer in a resource's metadata is only known at run time, after the policy has been written.
    if (!service?.issuer) faults.push(`services[${index}] names no issuer, which a locked policy has to list.`);
  }
  return { origins: [...origins], faults };
}

/**
 * Returns the members of a service that hold a URL which the page calls.
 * @param {any} service
 * @returns {[member: string, address: unknown][]}
 */
function calledUrls(service) {
  const own = CALLED.map((member) => [member, service?.[member]]);
  const endpoints = Object.entries(service?.endpoints ?? {})
    .filter(([name]) => !ONLY_VISITED.has(name))
    .map(([name, url]) => [`endpoints.${name}`, url]);
  return /** @type {[string, unknown][]} */ ([...own, ...endpoints].filter(([, url]) => url !== undefined));
}
