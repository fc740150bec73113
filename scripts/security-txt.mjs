/** Creates security.txt (RFC 9116), which says where to report a deployment's vulnerabilities. Pure. */

/** A security.txt must have an expiry date, which should be less than a year away (RFC 9116 §2.5.5). */
const LIFETIME_MS = 364 * 24 * 60 * 60 * 1000;

/**
 * Returns the text of security.txt.
 * @param {string} contact a mailto:, https: or tel: URI (§2.5.3)
 * @param {{ url: string, now: number }} deployment now: in milliseconds
 * @returns {string}
 * @throws {Error} if the contact is not such a URI
 */
export function securityTxt(contact, { url, now }) {
  if (!/^(?:mailto:|https:\/\/|tel:)[^\s]+$/.test(contact)) {
    throw new Error('--security-contact: It must start with mailto:, https:// or tel:, and have no spaces.');
  }
  const expires = new Date(now + LIFETIME_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const { origin } = new URL(url);
  return [`Contact: ${contact}`, `Expires: ${expires}`, `Canonical: ${origin}/.well-known/security.txt`, ''].join('\n');
}
