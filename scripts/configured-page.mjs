/** index.html, fitted to where it is served. Pure; what it has written it can rewrite. */
import { metaPolicy } from './hosting.mjs';

const POLICY = /\n[ \t]*<meta http-equiv="Content-Security-Policy"[^>]*>/g;
const CHARSET = /[ \t]*<meta charset="utf-8" ?\/?>/;

/**
 * @param {string} html as built, or as an earlier run left it
 * @param {Pick<import('./deployment.mjs').Deployment, 'base' | 'name' | 'csp'>} deployment
 * @returns {string} with its files' addresses below `base`, the app's name, and the policy for hosts that send no headers.
 *   Without `<base>`, which would also move every link to a place within the page. PAGE-1
 * @throws {Error} when it is not the app's page
 */
export function configuredPage(html, { base, name, csp }) {
  const former = /<script[^>]*\ssrc="(\/(?:[^"]*\/)?)assets\//.exec(html)?.[1];
  if (former === undefined || !CHARSET.test(html)) {
    throw new Error('index.html is not the page that npm run build makes. Run npm run build first.');
  }
  const policy = `    <meta http-equiv="Content-Security-Policy" content="${attribute(metaPolicy(csp))}" />`;
  return (
    html
      .replace(/(\s(?:src|href)=")(\/(?!\/)[^"]*)"/g, (all, start, address) =>
        address.startsWith(former) ? `${start}${base}${address.slice(former.length)}"` : all,
      )
      .replace(/<title>[^<]*<\/title>/, () => `<title>${text(name)}</title>`)
      .replace(/(<meta name="application-name" content=")[^"]*"/, (_all, start) => `${start}${attribute(name)}"`)
      .replace(POLICY, '')
      // Before whatever it is to govern; the encoding alone has to come earlier.
      .replace(CHARSET, (charset) => `${charset}\n${policy}`)
  );
}

/** @type {(value: string) => string} */
const text = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @type {(value: string) => string} */
const attribute = (value) => text(value).replaceAll('"', '&quot;');
