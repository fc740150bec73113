/** Netlify and Cloudflare Pages: `_headers` and `_redirects`, which mean the same on both as they are written here. */
import { LIFETIMES, SCREENS } from '#scripts/hosting.mjs';

/**
 * @param {import('#scripts/deployment.mjs').Deployment} deployment
 * @returns {Record<string, string>} both files belong into the folder that is published: of a sub-path, the one above
 */
export function headersAndRedirects({ base, headers }) {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return {
    // Where several rules match, Cloudflare joins the values of a header: each is said by one rule. Without one, both hosts
    // let nothing be kept (max-age=0, must-revalidate).
    _headers: [`${base}*`, ...lines, `${base}assets/*`, `  Cache-Control: ${LIFETIMES.hashed}`, ''].join('\n'),
    // Each screen by name: a rule for everything would make pages of missing files. Whatever is left gets 404.html, and with
    // it the status 404. To the folder, not to index.html: Cloudflare would send the browser there. PAGE-7
    _redirects: [...SCREENS.flatMap((screen) => [`${base}${screen}`, `${base}${screen}/*`]), '']
      .map((path) => path && `${path} ${base} 200`)
      .join('\n'),
  };
}
