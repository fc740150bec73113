/** Subresource integrity: hashes in the page protect its entry files against modification in transit. Pure. PAGE-5 */
import { createHash } from 'node:crypto';

const TAG = /<(script|link)\b[^>]*>/g;

/**
 * Returns the value of the `integrity` attribute for a file.
 * @param {string | Buffer} content
 * @returns {string}
 */
export const integrityOf = (content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

/**
 * Finds the scripts, styles and module preloads of the page.
 * @param {string} html
 * @returns {{ tag: string, url: string, integrity: string | undefined }[]}
 */
export function entryFiles(html) {
  return [...html.matchAll(TAG)].flatMap(([tag, element]) => {
    const url = attribute(tag, element === 'script' ? 'src' : 'href');
    const isEntry = element === 'script' || /\srel="(?:stylesheet|modulepreload)"/.test(tag);
    return isEntry && url !== undefined ? [{ tag, url, integrity: attribute(tag, 'integrity') }] : [];
  });
}

/**
 * Adds the `integrity` attribute to the page's scripts, styles and module preloads.
 * @param {string} html as built, with file URLs that start with `/`
 * @param {(path: string) => string | Buffer} read reads a file of the built folder
 * @returns {string}
 */
export function withIntegrity(html, read) {
  let page = html;
  for (const { tag, url } of entryFiles(html)) {
    page = page.replace(tag, () => tag.replace(/\s?\/?>$/, ` integrity="${integrityOf(read(url.slice(1)))}"$&`));
  }
  return page;
}

/** @type {(tag: string, name: string) => string | undefined} */
const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
