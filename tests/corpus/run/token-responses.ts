import type { DpopPreference } from '#oauth/token-response.ts';
import { exchangeCode } from '#oauth/token.ts';
import { rejection, responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { testContext } from '#tests/support/flow-context.ts';

import { SERVER } from './as.ts';

export interface TokenResponseEntry extends Entry, WrittenResponse {
  /** The scopes that the app asked for. */
  asked: readonly string[];
  /** Whether the app asked for bound tokens; it did not if this is missing. */
  binding?: DpopPreference;
}

/** Reads the response to a code, and says which tokens the app takes from it or has to revoke. */
export async function runTokenResponse({ asked, binding, ...response }: TokenResponseEntry): Promise<object> {
  const request = {
    server: SERVER,
    clientId: 'planner',
    redirectUri: 'https://planner.example/callback',
    codeVerifier: 'verifier',
    code: 'code',
    scope: asked,
    ...(binding && { binding }),
  };
  let discarded: string | undefined;
  const onDiscarded = ({ accessToken }: { accessToken?: string }): void => void (discarded = accessToken);
  try {
    const { tokens } = await exchangeCode(testContext(), request, Promise.resolve(responseOf(response)), onDiscarded);
    const { isDpopBound, issuedAt: _hint, ...others } = tokens;
    return { outcome: 'tokens', ...others, ...(isDpopBound && { bound: true }) };
  } catch (error) {
    return { ...rejection(error), ...(discarded !== undefined && { discarded }) };
  }
}
