import { ConnectionError } from '#connections/errors.ts';
import { responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { grant, record } from '#tests/support/records.ts';

import { CLIENT_ID, NONCE, publicKey, SERVER, signIdToken, type WrittenIdToken } from './as.ts';

export interface RefreshResponseEntry extends Entry, WrittenResponse {
  /** The claims of the id_token in the response; it has none if this is missing. */
  idToken?: WrittenIdToken['claims'];
  times?: WrittenIdToken['times'];
  /** How often the server responds so, once for each refresh; once if this is missing. */
  repeats?: number;
}

/** The status of a connection, whatever its kind. */
interface Status {
  kind: string;
  reason?: string;
  refusal?: { error?: string; description?: string };
}

const HOUR_MS = 60 * 60 * 1000;

/** Refreshes a stored connection, and says what becomes of it. */
export async function runRefreshResponse(entry: RefreshResponseEntry): Promise<object> {
  const { idToken, times, repeats = 1, body } = entry;
  const signed = idToken && (await signIdToken({ claims: idToken, ...(times && { times }) }));
  const sent = signed === undefined ? entry : { ...entry, body: { ...(body as object), id_token: signed } };
  const keys = { keys: [await publicKey('RS256')] };
  let now = Date.now();
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const { url } = new Request(input);
    if (url === SERVER.token_endpoint) return Promise.resolve(responseOf(sent));
    if (url === SERVER.jwks_uri) return Promise.resolve(responseOf({ body: keys }));
    return Promise.resolve(new Response(null, { status: url === SERVER.revocation_endpoint ? 200 : 404 }));
  };
  const tab = openBrowser({ now: () => now, fetch }).openTab();
  const issued = { server: SERVER, clientId: CLIENT_ID, nonce: NONCE, scope: ['posts:read', 'posts:write'] };
  const stored = grant({ ...issued, accessToken: 't1', refreshToken: 'r1', obtainedAt: now, expiresAt: now + HOUR_MS });
  await tab.vault.write(record({ state: { kind: 'connected', grant: stored } }));
  await tab.store.reload('c-1');
  for (let count = 0; count < repeats; count += 1) {
    now += 2 * HOUR_MS;
    await tab.tokens.refresh('c-1', 't1').catch((error: unknown) => {
      if (!(error instanceof ConnectionError)) throw error;
    });
  }
  const status: Status | undefined = tab.store.views()?.[0]?.status;
  const state = tab.store.find('c-1')?.state;
  const held = state === undefined || state.kind === 'needs-sign-in' ? undefined : state.grant;
  const refusal = status?.refusal;
  return {
    status: status?.kind,
    ...(status?.reason !== undefined && { reason: status.reason }),
    ...(refusal && { error: refusal.error ?? refusal.description }),
    ...(status?.kind === 'connected' && { accessToken: held?.accessToken, refreshToken: held?.refreshToken }),
    ...(status?.kind === 'waiting' && held?.refreshToken !== 'r1' && { refreshToken: held?.refreshToken }),
    ...(status?.kind === 'connected' && Object.hasOwn({ ...(body as object) }, 'scope') && { scope: held?.scope }),
  };
}
