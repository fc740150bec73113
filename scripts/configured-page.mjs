/** Configures index.html for where it is served. Pure. It can be applied again to its own output. */
import { metaPolicy } from './hosting.mjs';

const POLICY = /\n[ \t]*<meta http-equiv="Content-Security-Policy"[^>]*>/g;
const CHARSET = /[ \t]*<meta charset="utf-8" ?\/?>/;

/**
 * Sets the base path of the page's files, the app's name, and the policy for hosts that send no headers. It does not use a
 * `<base>` element, which would also change the fragment links within the page. PAGE-1
 * @param {string} html as built, or as an earlier run wrote it
 * @param {Pick<import('./deployment.mjs').Deployment, 'base' | 'name' | 'csp'>} deployment
 * @returns {string}
 * @throws {Error} if it is not the app's page
 */
export function configuredPage(html, { base, name, csp }) {
  const former = /<script[^>]*\ssrc="(\/(?:[^"]*\/)?)assets\//.exec(html)?.[1];
  if (former === undefined || !CHARSET.test(html)) {
    throw new Error('index.html is not the page that npm run build makes. Run npm run build first.');
  }
  const policy = `    <meta http-equiv="Content-Security-Policy" content="${attribute(metaPolicy(csp))}" />`;
  return (
    html
      .replace(/(\s(?:src|href)=")(\/(?!\/)[^"]*)"/g, (all, start, url) =>
        url.startsWith(former) ? `${start}${base}${url.slice(former.length)}"` : all,
      )
      .replace(/<title>[^<]*<\/title>/, () => `<title>${text(name)}</title>`)
      .replace(/(<meta name="application-name" content=")[^"]*"/, (_all, start) => `${start}${attribute(name)}"`)
      .replace(POLICY, '')
      // The policy only applies to what follows it; only the charset has to come earlier.
      .replace(CHARSET, (charset) => `${charset}\n${policy}`)
  );
}

/** @type {(value: string) => string} */
const text = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @type {(value: string) => string} */
const attribute = (value) => text(value).replaceAll('"', '&quot;');
