import { exchangeCode } from '#oauth/token.ts';
import { rejection, responseOf, type Entry, type WrittenResponse } from '#tests/corpus/entry.ts';
import { testContext } from '#tests/support/flow-context.ts';
import { boundedFetch, PROTOCOL_LIMITS } from '#oauth/bounded-fetch.ts';

import { CLIENT_ID, NONCE, publicKey, SERVER, signIdToken, type WrittenIdToken } from './as.ts';

export interface IdTokenEntry extends Entry, WrittenIdToken {}

/** A key of the server, as the corpus writes it: `publicKey` stands for the members of the key itself. */
type WrittenKey = Record<string, unknown> & { publicKey?: string };

export interface JwksEntry extends Entry, Omit<WrittenResponse, 'body'> {
  /** The header of the id_token. */
  header?: WrittenIdToken['header'];
  /** Missing if there is no document. Anything but a list is sent as it is. */
  keys?: WrittenKey[] | object;
  /** Whether the server does not let script read its keys. */
  isUnreadable?: true;
}

/** Signs the id_token with a throw-away key, and says whom the app identifies by it. */
export async function runIdToken(entry: IdTokenEntry): Promise<object> {
  const { alg = 'RS256', kid } = entry.header ?? {};
  const isAsymmetric = /^[REP]/.test(alg) || alg === 'EdDSA';
  const keys = isAsymmetric ? [await publicKey(alg, kid === undefined ? {} : { kid })] : [];
  return identify(await signIdToken(entry), () => Promise.resolve(responseOf({ body: { keys } })));
}

/** Signs a usual id_token, and says whether the app finds its key among the written ones. */
export async function runJwks({ header, keys, isUnreadable, ...response }: JwksEntry): Promise<object> {
  const idToken = await signIdToken({ ...(header && { header }), claims: { nonce: NONCE, name: 'Ada' } });
  const list = Array.isArray(keys) ? await Promise.all((keys as WrittenKey[]).map(written)) : keys;
  return identify(idToken, () => {
    if (isUnreadable) return Promise.reject(new TypeError('no CORS headers'));
    return Promise.resolve(
      responseOf({ ...response, ...(list && { body: Array.isArray(list) ? { keys: list } : list }) }),
    );
  });
}

async function written({ publicKey: algorithm, ...members }: WrittenKey): Promise<object> {
  return algorithm === undefined ? members : publicKey(algorithm, members);
}

async function identify(idToken: string, keys: () => Promise<Response>): Promise<object> {
  const limited = boundedFetch(keys, PROTOCOL_LIMITS);
  const context = testContext(async (input, init) => (await limited(input, init)).response);
  const body = { access_token: 't1', token_type: 'Bearer', id_token: idToken };
  const request = {
    server: SERVER,
    clientId: CLIENT_ID,
    redirectUri: 'https://planner.example/callback',
    codeVerifier: 'verifier',
    code: 'code',
    nonce: NONCE,
    scope: ['openid'],
  };
  try {
    const { identity } = await exchangeCode(context, request, Promise.resolve(responseOf({ body })));
    if (!identity) return { outcome: 'unknown' };
    const { issuer: _same, ...account } = identity;
    return { outcome: 'identified', ...account };
  } catch (error) {
    return rejection(error);
  }
}
