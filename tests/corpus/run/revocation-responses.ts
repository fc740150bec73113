import { revokeOnce } from '#connections/disconnect/revoke-grant.ts';
import { boundedFetch, PROTOCOL_LIMITS } from '#oauth/bounded-fetch.ts';
import { responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { testContext } from '#tests/support/flow-context.ts';

import { CLIENT_ID, SERVER } from './as.ts';

export interface RevocationResponseEntry extends Entry, WrittenResponse {
  /** The length of a body that says nothing. */
  bodyBytes?: number;
}

/** Revokes one token, and says whether the server has confirmed it. */
export async function runRevocationResponse(entry: RevocationResponseEntry): Promise<object> {
  const { bodyBytes } = entry;
  const sent = bodyBytes === undefined ? entry : { ...entry, body: ' '.repeat(bodyBytes) };
  const limited = boundedFetch(() => Promise.resolve(responseOf(sent)), PROTOCOL_LIMITS);
  const context = testContext(async (input, init) => (await limited(input, init)).response);
  const request = { server: SERVER, clientId: CLIENT_ID, token: 'r1', hint: 'refresh_token' } as const;
  return { outcome: await revokeOnce(() => context, { request }) };
}
