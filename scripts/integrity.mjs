/** Subresource integrity: the page says what its entry files must be, so that nothing on the way can change them. Pure. PAGE-5 */
import { createHash } from 'node:crypto';

const TAG = /<(script|link)\b[^>]*>/g;

/**
 * @param {string | Buffer} content
 * @returns {string} as the `integrity` attribute has it
 */
export const integrityOf = (content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

/**
 * @param {string} html
 * @returns {{ tag: string, address: string, integrity: string | undefined }[]} scripts, styles and preloads of the page
 */
export function entryFiles(html) {
  return [...html.matchAll(TAG)].flatMap(([tag, element]) => {
    const address = attribute(tag, element === 'script' ? 'src' : 'href');
    const isEntry = element === 'script' || /\srel="(?:stylesheet|modulepreload)"/.test(tag);
    return isEntry && address !== undefined ? [{ tag, address, integrity: attribute(tag, 'integrity') }] : [];
  });
}

/**
 * @param {string} html as built: its files' addresses begin with `/`, the folder
 * @param {(path: string) => string | Buffer} read a file of the folder
 * @returns {string} the page with the integrity of each of its scripts, styles and preloads
 */
export function withIntegrity(html, read) {
  let page = html;
  for (const { tag, address } of entryFiles(html)) {
    page = page.replace(tag, () => tag.replace(/\s?\/?>$/, ` integrity="${integrityOf(read(address.slice(1)))}"$&`));
  }
  return page;
}

/** @type {(tag: string, name: string) => string | undefined} */
const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
