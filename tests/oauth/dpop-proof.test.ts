import { calculateJwkThumbprint, decodeJwt, EmbeddedJWK, exportJWK, jwtVerify } from 'jose';
import { expect, test } from 'vitest';

import { createProof, createProofKey, thumbprintOf } from '#oauth/dpop-proof.ts';

const claims = { method: 'post', url: 'https://as.example/token?tenant=7', issuedAt: 1_700_000_000 };
const verify = (proof: string) =>
  jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'], currentDate: new Date(0) });

test('DPOP-2: returns a signed JWT with the public key, for one method and URL without its query', async () => {
  const key = await createProofKey();
  const { payload, protectedHeader } = await verify(await createProof(key, claims));
  expect(payload).toEqual({
    jti: expect.stringMatching(/^[\w-]{22}$/),
    htm: 'POST',
    htu: 'https://as.example/token',
    iat: 1_700_000_000,
  });
  expect(protectedHeader).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(key.publicKey) });
  expect(protectedHeader.jwk).not.toHaveProperty('d');
});

test('DPOP-2: gives each proof a new jti', async () => {
  const key = await createProofKey();
  const proofs = await Promise.all(Array.from({ length: 20 }, () => createProof(key, claims)));
  expect(new Set(proofs.map((proof) => decodeJwt(proof).jti)).size).toBe(20);
});

test('DPOP-4, DPOP-6: includes the nonce and the hash of the token', async () => {
  // The example of RFC 9449 §7.1.
  const accessToken = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU';
  const proof = await createProof(await createProofKey(), {
    ...claims,
    nonce: 'eyJ7S_zG.eyJH0-Z.HX4w-7v',
    accessToken,
  });
  expect(decodeJwt(proof)).toMatchObject({
    nonce: 'eyJ7S_zG.eyJH0-Z.HX4w-7v',
    ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
  });
});

test('DPOP-1: makes the private key non-extractable', async () => {
  const { privateKey } = await createProofKey();
  expect(privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
});

test('DPOP-8: identifies a key by its thumbprint (RFC 7638)', async () => {
  const key = await createProofKey();
  expect(await thumbprintOf(key)).toBe(await calculateJwkThumbprint(await exportJWK(key.publicKey)));
});
