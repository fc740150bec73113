/** Checks the content security policy of a deployed site. Pure. PAGE-1, PAGE-2 */
import { connectSources } from '#scripts/connect-sources.mjs';
import { contentSecurityPolicy, isLoopbackHost, metaPolicy } from '#scripts/hosting.mjs';
import { fault, ok, weak } from './finding.mjs';

const HEADER = 'Content-Security-Policy';

/** @type {(text: string) => string} */
const unescaped = (text) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/**
 * Returns the policy of the page's `<meta>` element.
 * @param {string} html
 * @returns {string | null}
 */
function policyInPage(html) {
  const found = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  return found === undefined ? null : unescaped(found);
}

/**
 * Returns whether the policy is only in the page, as on a host that does not allow custom headers.
 * @param {import('./visit.mjs').Site} site
 * @returns {boolean}
 */
export const isMetaOnly = ({ page }) => !page.headers.has(HEADER) && policyInPage(page.text) !== null;

/**
 * Checks the policies of the page, the screens and the worker.
 * @param {import('./visit.mjs').Site} site
 * @returns {import('./finding.mjs').Finding[]}
 */
export function policyFindings(site) {
  const inPage = policyInPage(site.page.text);
  if (isMetaOnly(site) && inPage !== null) {
    const said =
      'comes from the page’s <meta> alone: it cannot refuse framing, and does not reach the worker. A host that sends headers can';
    return [...differences(HEADER, inPage, site, true), weak(HEADER, said), ...connectFindings(inPage, site)];
  }
  const others = [...site.screens.filter(({ status }) => status === 200), site.worker];
  const findings = [site.page, ...others].flatMap(({ path, headers }) => {
    const policy = headers.get(HEADER);
    return policy === null
      ? [fault(`${HEADER} of ${path}`, 'is missing')]
      : differences(`${HEADER} of ${path}`, policy, site, false);
  });
  const policy = site.page.headers.get(HEADER);
  return [...findings, ...(policy === null ? [] : connectFindings(policy, site))];
}

/**
 * Compares a policy with the required one. The connect-src sources are not compared here.
 * @param {string} what the name of the finding
 * @param {string} policy the site's policy
 * @param {import('./visit.mjs').Site} site
 * @param {boolean} isMeta whether the policy comes from a `<meta>` element
 */
function differences(what, policy, { url }, isMeta) {
  const found = directives(policy);
  const sources = (found.get('connect-src') ?? '').split(' ').filter((source) => source !== "'self'" && source !== '');
  const loopback = isLoopbackHost(url.host);
  const wanted = contentSecurityPolicy({ loopback, connect: sources.includes('https:') ? null : sources });
  const names = [...directives(isMeta ? metaPolicy(wanted) : wanted)].filter(
    ([name, value]) => found.get(name) !== value,
  );
  const others = [...found.keys()].filter((name) => !directives(wanted).has(name));
  if (names.length === 0 && others.length === 0) return [ok(what, 'is as it should be')];
  return [
    ...names.map(([name, value]) =>
      fault(what, `${name} is "${found.get(name) ?? 'missing'}", but must be "${value}"`),
    ),
    ...others.map((name) => fault(what, `${name} is not a directive of this app`)),
  ];
}

/**
 * Checks the connect-src sources against services.json.
 * @param {string} policy
 * @param {import('./visit.mjs').Site} site
 */
function connectFindings(policy, { services, url }) {
  const what = 'connect-src';
  const sources = (directives(policy).get(what) ?? '').split(' ');
  if (sources.includes('https:')) {
    return [weak(what, 'is open: a script injected into the page could send the data that it reads to any server')];
  }
  // A scheme or a wildcard allows more than the origins of the services.
  const wide = sources.filter(
    (source) => /^[a-z]+:$|\*/.test(source) && !(isLoopbackHost(url.host) && /localhost|127/.test(source)),
  );
  const file = jsonObject(services.text) ?? {};
  const lacking = connectSources(file).origins.filter((origin) => !sources.includes(origin) && origin !== url.origin);
  return [
    ...wide.map((source) => fault(what, `"${source}" allows more than the services need`)),
    ...lacking.map((origin) => fault(what, `lacks ${origin}, which services.json names: run configure again`)),
    ...(file['addService'] === false
      ? []
      : [
          fault(
            'services.json',
            'offers "Add a service", which the locked policy would block: "addService" must be false',
          ),
        ]),
    ...(wide.length + lacking.length === 0 ? [ok(what, `is locked to ${sources.join(' ')}`)] : []),
  ];
}

/** @type {(policy: string) => Map<string, string>} */
const directives = (policy) =>
  new Map(
    policy.split(';').flatMap((directive) => {
      const [name, ...values] = directive.trim().split(/\s+/);
      return name ? [/** @type {[string, string]} */ ([name.toLowerCase(), values.join(' ')])] : [];
    }),
  );

/**
 * Parses a JSON object.
 * @param {string} text
 * @returns {Record<string, unknown> | null} null if the text is not a JSON object
 */
export function jsonObject(text) {
  try {
    const parsed = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
