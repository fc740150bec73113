/** security.txt (RFC 9116): whom to tell of a weakness of a deployment. Pure. */

/** Stale advice sends reports nowhere: it must expire, and should within a year (RFC 9116 §2.5.5). */
const LIFETIME_MS = 364 * 24 * 60 * 60 * 1000;

/**
 * @param {string} contact an address that begins with mailto:, https: or tel: (§2.5.3)
 * @param {{ url: string, now: number }} deployment now: in milliseconds
 * @returns {string}
 * @throws {Error} when the contact is no such address
 */
export function securityTxt(contact, { url, now }) {
  if (!/^(?:mailto:|https:\/\/|tel:)[^\s]+$/.test(contact)) {
    throw new Error('--security-contact: It begins with mailto:, https:// or tel:, without spaces.');
  }
  const expires = new Date(now + LIFETIME_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const { origin } = new URL(url);
  return [`Contact: ${contact}`, `Expires: ${expires}`, `Canonical: ${origin}/.well-known/security.txt`, ''].join('\n');
}
