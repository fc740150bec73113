/** Netlify and Cloudflare Pages: `_headers` and `_redirects`. The syntax used here has the same meaning on both. */
import { LIFETIMES, SCREENS } from '#scripts/hosting.mjs';

/**
 * Creates `_headers` and `_redirects`. Both have to be at the root of the published folder; for an app at a sub-path, that is
 * above the app's folder.
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>}
 */
export function headersAndRedirects({ base, headers }) {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return {
    // If several rules match, Cloudflare joins the values of a header, so only one rule sets each header. Without a
    // Cache-Control rule, both hosts send `max-age=0, must-revalidate`.
    _headers: [`${base}*`, ...lines, `${base}assets/*`, `  Cache-Control: ${LIFETIMES.hashed}`, ''].join('\n'),
    // One rule per screen, because a wildcard rule would also serve the page for missing files. Everything else gets 404.html
    // with status 404. The target is the folder, because Cloudflare would redirect the browser away from index.html. PAGE-7
    _redirects: [...SCREENS.flatMap((screen) => [`${base}${screen}`, `${base}${screen}/*`]), '']
      .map((path) => path && `${path} ${base} 200`)
      .join('\n'),
  };
}
