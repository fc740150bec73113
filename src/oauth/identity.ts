import { omitUndefined } from '#lib/omit-undefined.ts';

import type { JsonObject } from './json-document.ts';
import { sanitizeText } from './sanitize-text.ts';

/**
 * The account a connection acts for. Issuer and subject identify it (ID-7); the rest are length-limited claims of the server
 * (UI-2).
 */
export interface Identity {
  issuer: string;
  subject: string;
  name?: string;
  username?: string;
  email?: string;
}

/**
 * Returns the identity described by the claims of a validated id_token or of a userinfo response (OIDC Core §2, §5.1, §5.3.2).
 */
export function identityOfClaims(issuer: string, claims: { sub: string } & JsonObject): Identity {
  const fullName = [claims.given_name, claims.family_name].flatMap((part) => sanitizeText(part, 80) ?? []).join(' ');
  const [name] = [claims.name, fullName, claims.nickname].flatMap((text) => sanitizeText(text, 80) ?? []);
  const username = sanitizeText(claims.preferred_username, 80);
  const email = sanitizeText(claims.email, 120);
  return omitUndefined({
    issuer,
    subject: claims.sub,
    name,
    username,
    email,
  });
}

/** The maximum length of a subject (OIDC Core §2). */
const MAX_SUBJECT_LENGTH = 255;

/**
 * Returns true if a value can identify a user. An empty subject cannot: all accounts of the server would be one (ID-7).
 */
export function isSubject(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_SUBJECT_LENGTH;
}

/** Returns the subject that the `sub` member of a token response names, if it can be one. Safe integers count as text. */
export function subjectIn(sub: unknown): { subject?: string } {
  const value = Number.isSafeInteger(sub) ? String(sub) : sub;
  return isSubject(value) ? { subject: value } : {};
}

/** Returns true if the identity has a name, a username or an email. */
export function hasProfile({ name, username, email }: Identity): boolean {
  return name !== undefined || username !== undefined || email !== undefined;
}

/** Returns true if both identities have the same issuer and subject; nothing else counts (ID-7; OIDC Core §5.7). */
export function isSameSubject(one: Identity, other: Identity): boolean {
  return one.issuer === other.issuer && one.subject === other.subject;
}
