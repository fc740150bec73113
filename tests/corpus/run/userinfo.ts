import { fetchUserInfo } from '#oauth/userinfo.ts';
import { responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { testContext } from '#tests/support/flow-context.ts';

import { SERVER } from './as.ts';

export interface UserInfoEntry extends Entry, WrittenResponse {
  /** The subject of the id_token, if there was one. */
  subject?: string;
}

/** Asks for the account, and says whom the app has then. */
export async function runUserInfo({ subject, ...response }: UserInfoEntry): Promise<object> {
  const context = testContext(() => Promise.resolve(responseOf(response)));
  const about = { server: SERVER, accessToken: 't1', ...(subject !== undefined && { subject }) };
  const identity = await fetchUserInfo(context, about);
  if (!identity) return { outcome: 'unknown' };
  const { issuer: _same, ...account } = identity;
  return { outcome: 'identified', ...account };
}
