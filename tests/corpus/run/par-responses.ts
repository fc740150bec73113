import { pushAuthorizationRequest } from '#oauth/par.ts';
import { rejection, responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { testContext } from '#tests/support/flow-context.ts';

import { CLIENT_ID, SERVER } from './as.ts';

export interface ParResponseEntry extends Entry, WrittenResponse {}

/** Pushes an authorization request, and says by which URI it is known. */
export async function runParResponse(entry: ParResponseEntry): Promise<object> {
  const context = testContext(() => Promise.resolve(responseOf(entry)));
  const parameters = new URLSearchParams({ client_id: CLIENT_ID, response_type: 'code' });
  try {
    return { outcome: 'pushed', requestUri: await pushAuthorizationRequest(context, SERVER, parameters) };
  } catch (error) {
    return rejection(error);
  }
}
