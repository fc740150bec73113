/** A server that signs false claims, or uses a key that it does not publish. */
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';

import { json, type Fault, type Json } from '#tests/support/fault.ts';
import type { MisbehavingServer } from '#tests/support/misbehaving-server.ts';

/** Replaces the id_token in the server's own token response. */
export const idToken = (edit: (idToken: string) => unknown): Fault => ({
  kind: 'edited',
  edit: async (document) => ({ ...document, id_token: await edit(String(document.id_token)) }),
});

export interface SigningKey {
  publicKey: JWK;
  /** Returns a JWT with these claims; its header names the key unless another header is given. */
  sign(claims: JWTPayload, header?: object): Promise<string>;
}

/** Generates an ES256 key with the id `kid`. */
export async function makeKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return {
    publicKey: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
    sign: (claims, header = { kid }) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(privateKey),
  };
}

/** From now on the server signs changed claims with a key that it publishes. */
export async function signAs(server: MisbehavingServer, edit: (claims: JWTPayload) => Json): Promise<void> {
  const { publicKey, sign } = await makeKey('new');
  const { token, jwks } = server.urls;
  server.misbehave(
    token,
    idToken((real) => sign(edit(decodeJwt(real)))),
  );
  server.misbehave(jwks, json(200, { keys: [publicKey] }));
}
