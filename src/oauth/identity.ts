import type { IDToken } from 'oauth4webapi';

import { cappedText } from './json-document.ts';

/** Who a connection acts for: issuer and subject identify (ID-7); the rest are claims of the server, capped (UI-2). */
export interface Identity {
  issuer: string;
  subject: string;
  name?: string;
  username?: string;
  email?: string;
}

/** The identity that validated id_token claims describe (OIDC Core §2, §5.1). */
export function identityOfClaims(issuer: string, claims: IDToken): Identity {
  const name = cappedText(claims.name, 80);
  const username = cappedText(claims.preferred_username, 80);
  const email = cappedText(claims.email, 120);
  return {
    issuer,
    subject: claims.sub,
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
  };
}
