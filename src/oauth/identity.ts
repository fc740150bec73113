import { sanitizeText, type JsonObject } from './json-document.ts';

/** Who a connection acts for: issuer and subject identify (ID-7); the rest are claims of the server, capped (UI-2). */
export interface Identity {
  issuer: string;
  subject: string;
  name?: string;
  username?: string;
  email?: string;
}

/** The identity that claims of a validated id_token or of a userinfo answer describe (OIDC Core §2, §5.1, §5.3.2). */
export function identityOfClaims(issuer: string, claims: { sub: string } & JsonObject): Identity {
  const name = sanitizeText(claims.name, 80);
  const username = sanitizeText(claims.preferred_username, 80);
  const email = sanitizeText(claims.email, 120);
  return {
    issuer,
    subject: claims.sub,
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
  };
}

/** Whether an identity says more than that there is somebody. */
export function hasProfile({ name, username, email }: Identity): boolean {
  return name !== undefined || username !== undefined || email !== undefined;
}

/** Whether two identities are of one person: issuer and subject together, and nothing else (ID-7; OIDC Core §5.7). */
export function isSameSubject(one: Identity, other: Identity): boolean {
  return one.issuer === other.issuer && one.subject === other.subject;
}
