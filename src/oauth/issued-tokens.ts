import { isText } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import { parseJsonText } from './json-document.ts';

/** Tokens that the server issued and the app does not use. */
export interface DiscardedTokens {
  accessToken?: string;
  refreshToken?: string;
}

/**
 * Reads the tokens in the body of a token response, whatever its status, media type and other members, so that the app can
 * revoke those of a response it rejects. Leaves the response unread.
 * @returns undefined if the body contains none
 */
export async function readIssuedTokens(response: Response): Promise<DiscardedTokens | undefined> {
  const { access_token, refresh_token } = parseJsonText(await response.clone().text()) ?? {};
  const tokens = omitUndefined({
    accessToken: isText(access_token) ? access_token : undefined,
    refreshToken: isText(refresh_token) ? refresh_token : undefined,
  });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}
