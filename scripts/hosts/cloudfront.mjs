/** S3 behind CloudFront. */
import { LIFETIMES, NO_SCREEN } from '#scripts/hosting.mjs';

/** Headers for which CloudFront has separate fields. It rejects them as custom headers. */
const SECURITY_HEADERS = new Set([
  'Content-Security-Policy',
  'Referrer-Policy',
  'X-Content-Type-Options',
  'X-Frame-Options',
  'Strict-Transport-Security',
]);

/**
 * Creates a function for viewer requests, and a response headers policy for each of the two cache behaviours.
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>}
 */
export function cloudfront({ base, headers, url }) {
  const name = `content-planner-${new URL(url).host}${base}`.replace(/[^A-Za-z0-9-]+/g, '-').replace(/-$/, '');
  return {
    'hosting/cloudfront-function.js': viewerRequest(base),
    'hosting/cloudfront-headers.json': headersPolicy(name, headers, LIFETIMES.other),
    'hosting/cloudfront-headers-assets.json': headersPolicy(`${name}-assets`, headers, LIFETIMES.hashed),
  };
}

/**
 * Returns the source of a function for the viewer-request event, in JavaScript runtime 2.0. PAGE-7
 * @param {string} base
 * @returns {string}
 */
function viewerRequest(base) {
  return `// Content Planner: screens get index.html; missing files get 403 or 404, never the page.
function handler(event) {
  const request = event.request;
  const base = ${JSON.stringify(base)};
  const noScreen = new RegExp(${JSON.stringify(`^(?:${NO_SCREEN})$`)});
  if (request.uri + '/' === base) return { statusCode: 301, headers: { location: { value: base } } };
  if (request.uri.startsWith(base) && !noScreen.test(request.uri.slice(base.length))) request.uri = base + 'index.html';
  return request;
}
`;
}

/**
 * Returns a response headers policy as JSON.
 * @param {string} name
 * @param {Record<string, string>} headers
 * @param {string} lifetime the Cache-Control header
 * @returns {string} for `aws cloudfront create-response-headers-policy --response-headers-policy-config file://…`
 */
function headersPolicy(name, headers, lifetime) {
  const hsts = headers['Strict-Transport-Security'];
  const custom = Object.entries({ ...headers, 'Cache-Control': lifetime })
    .filter(([header]) => !SECURITY_HEADERS.has(header))
    .map(([Header, Value]) => ({ Header, Value, Override: true }));
  const config = {
    Name: name,
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: headers['Content-Security-Policy'], Override: true },
      ReferrerPolicy: { ReferrerPolicy: headers['Referrer-Policy'], Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: headers['X-Frame-Options'], Override: true },
      ...(hsts && {
        StrictTransportSecurity: {
          AccessControlMaxAgeSec: Number(/max-age=(\d+)/.exec(hsts)?.[1]),
          IncludeSubdomains: false,
          Preload: false,
          Override: true,
        },
      }),
    },
    CustomHeadersConfig: { Quantity: custom.length, Items: custom },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
