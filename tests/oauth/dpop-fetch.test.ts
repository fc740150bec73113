import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';

import { createProofKey } from '#oauth/dpop-proof.ts';
import { OAuthError } from '#oauth/errors.ts';
import { dpopFetch, type DpopContext } from '#oauth/dpop-fetch.ts';

const TOKEN = 'https://as.example/token';
const NOW = Date.UTC(2026, 0, 1);

let sent: Headers[] = [];
let prover: DpopContext;
beforeEach(async () => {
  sent = [];
  prover = {
    key: await createProofKey(),
    role: 'authorization',
    now: () => NOW,
    nonces: new Map(),
    clockOffsets: new Map(),
  };
});

/** Sends through a server that gives these responses in turn, and repeats the last one. */
function post(answers: Response[], changes: Partial<DpopContext> = {}, headers: Record<string, string> = {}) {
  const send = dpopFetch(
    (_input, init) => {
      sent.push(new Headers(init?.headers));
      return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0])?.clone() ?? Response.error());
    },
    { ...prover, ...changes },
  );
  return send(TOKEN, { method: 'POST', headers, body: new URLSearchParams({ code: 'c' }) });
}
const proofs = () => sent.map((headers) => decodeJwt(headers.get('dpop') ?? ''));
const refusal = (error: string, headers: Record<string, string> = {}, status = 400) =>
  Response.json({ error }, { status, headers });
const fine = () => Response.json({});

describe('nonces (DPOP-6)', () => {
  test('are taken from any response and sent with the next request', async () => {
    await post([Response.json({}, { headers: { 'dpop-nonce': 'one' } })]);
    await post([fine()]);
    expect(proofs().map(({ nonce }) => nonce)).toEqual([undefined, 'one']);
  });

  test('cost one more request with a new proof when required', async () => {
    const response = await post([refusal('use_dpop_nonce', { 'dpop-nonce': 'one' }), fine()]);
    expect(response.status).toBe(200);
    expect(proofs().map(({ nonce }) => nonce)).toEqual([undefined, 'one']);
    expect(proofs()[0]?.jti).not.toBe(proofs()[1]?.jti);
  });

  test('of one endpoint are not sent to another endpoint or origin', async () => {
    await post([Response.json({}, { headers: { 'dpop-nonce': 'one' } })]);
    await post([fine()], { role: 'resource' });
    expect(proofs()[1]?.nonce).toBeUndefined();
  });

  test('that are required again and again cause one retry only (case 27)', async () => {
    const churn = [1, 2, 3].map((round) => refusal('use_dpop_nonce', { 'dpop-nonce': `n${round}` }));
    await expect(post(churn)).rejects.toMatchObject({ code: 'invalid-dpop-proof' });
    expect(sent).toHaveLength(2);
  });

  test('that cannot be read are named as the cause (DPOP-7)', async () => {
    await expect(post([refusal('use_dpop_nonce')])).rejects.toMatchObject({ code: 'nonce-unreadable' });
    expect(sent).toHaveLength(1);
  });

  test('that are invalid are not sent back', async () => {
    await post([Response.json({}, { headers: { 'dpop-nonce': 'a "quoted" one' } })]);
    await post([fine()]);
    expect(proofs()[1]?.nonce).toBeUndefined();
  });

  test('that are invalid cause no retry', async () => {
    await expect(post([refusal('use_dpop_nonce', { 'dpop-nonce': 'a "quoted" one' })])).rejects.toMatchObject({
      code: 'invalid-dpop-proof',
    });
    expect(sent).toHaveLength(1);
  });

  test('are required by an API in its challenge, beside one of another scheme', async () => {
    const challenge = { 'www-authenticate': 'Bearer realm="x", DPoP error="use_dpop_nonce"', 'dpop-nonce': 'one' };
    await post([new Response(null, { status: 401, headers: challenge }), fine()], { role: 'resource' });
    expect(sent).toHaveLength(2);
  });
});

describe('a rejection whose reason this page cannot read', () => {
  const unexplained = (nonce: string) => new Response(null, { status: 401, headers: { 'dpop-nonce': nonce } });
  const call = (answers: Response[]) => post(answers, { role: 'resource' }, { authorization: 'DPoP abc' });

  test('is retried once with the nonce beside it', async () => {
    expect((await call([unexplained('one'), fine()])).status).toBe(200);
    expect(proofs().map(({ nonce }) => nonce)).toEqual([undefined, 'one']);
  });

  test('is returned when repeated: the token may have expired, and every response bring a new nonce (API-5)', async () => {
    expect((await call([unexplained('one'), unexplained('two'), unexplained('three')])).status).toBe(401);
    expect(sent).toHaveLength(2);
  });

  test('is returned if the nonce is the one that was sent', async () => {
    await call([Response.json({}, { headers: { 'dpop-nonce': 'one' } })]);
    expect((await call([unexplained('one')])).status).toBe(401);
    expect(sent).toHaveLength(2);
  });
});

describe('the clock (DPOP-9)', () => {
  const at = (offset: number) => ({ date: new Date(NOW + offset).toUTCString() });
  const MINUTES = 60_000;

  test.each([10, -10])('%i minutes off is corrected once, and stays corrected', async (minutes) => {
    await post([refusal('invalid_dpop_proof', at(minutes * MINUTES)), fine()]);
    await post([fine()]);
    const expected = (NOW + minutes * MINUTES) / 1000;
    expect(proofs().map(({ iat }) => iat)).toEqual([NOW / 1000, expected, expected]);
  });

  test('that is right causes no retry', async () => {
    await expect(post([refusal('invalid_dpop_proof', at(0))])).rejects.toMatchObject({ code: 'invalid-dpop-proof' });
    expect(sent).toHaveLength(1);
  });

  test('is corrected by the tokens’ issue time if the Date cannot be read', async () => {
    await post([refusal('invalid_dpop_proof'), fine()], { issuedOffset: 10 * MINUTES });
    expect(proofs()[1]?.iat).toBe(NOW / 1000 + 600);
  });

  test('days off is not corrected, because proofs for another day would help an attacker who collects them', async () => {
    const answers = [refusal('invalid_dpop_proof', at(3 * 24 * 60 * MINUTES)), fine()];
    await expect(post(answers)).rejects.toMatchObject({ code: 'invalid-dpop-proof' });
  });

  test('and a nonce are each corrected once', async () => {
    const answers = [
      refusal('use_dpop_nonce', { 'dpop-nonce': 'one' }),
      refusal('invalid_dpop_proof', at(10 * MINUTES)),
      refusal('invalid_dpop_proof', at(20 * MINUTES)),
    ];
    await expect(post(answers)).rejects.toMatchObject({ code: 'invalid-dpop-proof' });
    expect(sent).toHaveLength(3);
  });
});

test('DPOP-2: takes the method and URL of a Request as it does those of a URL', async () => {
  const request = new Request(TOKEN, { method: 'PUT', headers: { accept: 'text/plain' }, body: 'x' });
  let proof = '';
  const send = dpopFetch((_input, init) => {
    const headers = new Headers(init?.headers);
    proof = headers.get('dpop') ?? '';
    expect(headers.get('accept')).toBe('text/plain');
    return Promise.resolve(fine());
  }, prover);
  await send(request);
  expect(decodeJwt(proof)).toMatchObject({ htm: 'PUT', htu: TOKEN });
});

test('API-9: says in a failure that the request had a proof, which the server’s CORS may not allow', async () => {
  const send = dpopFetch(() => Promise.reject(new OAuthError('unreachable', 'no answer', { url: TOKEN })), prover);
  await expect(send(TOKEN)).rejects.toMatchObject({ code: 'unreachable', details: { url: TOKEN, hadProof: true } });
});

test('returns any other rejection with a readable body', async () => {
  const response = await post([refusal('invalid_grant')]);
  expect(await response.json()).toEqual({ error: 'invalid_grant' });
  expect(sent).toHaveLength(1);
});

test('DPOP-4: adds the hash of a bound token to the proof, and leaves the rest of the request unchanged', async () => {
  await post([fine()], {}, { authorization: 'DPoP abc', accept: 'application/json' });
  expect(proofs()[0]?.ath).toMatch(/^[\w-]{43}$/);
  expect(sent[0]?.get('accept')).toBe('application/json');
  expect(sent[0]?.get('authorization')).toBe('DPoP abc');
});
