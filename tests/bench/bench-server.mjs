/** The servers of the benches: oidc-provider, which revokes a grant when a refresh token is used twice, and an API beside it. */
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '#scripts/port.mjs';
import { CLIENT_ID, createProvider, hushProvider, signInAlice } from './bench-provider.mjs';

/**
 * @typedef {{ grant: string | null, status: number, isLost: boolean, error?: string }} TokenRequest isLost: the client
 *   had gone when the response was to be sent
 * @typedef {'unavailable' | 'slow' | 'cut' | 'api-cut'} ServerFault
 * @typedef {{
 *   issuer: string,
 *   endpoints: { authorization_endpoint: string, token_endpoint: string, jwks_uri: string },
 *   clientId: string,
 *   api: string,
 *   roundTrip: { token: number, api: number },
 *   fault: ServerFault | undefined,
 *   expire: () => void,
 *   takeTokenRequests: () => TokenRequest[],
 *   moments: EventEmitter<{ asked: [], rotated: [] }>,
 *   quiet: () => Promise<void>,
 *   stop: () => Promise<void>,
 * }} BenchServer roundTrip: emulated, in milliseconds; expire: no access token is good any more, and no client knows;
 *   takeTokenRequests: those since the last time; moments: a token request is there, or it is answered and
 *   the answer is on its way; quiet: resolves when no token request is under way
 */

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<unknown>} Answer */

/** Longer than a caller waits for a token (10 s). */
const SLOW_MS = 15_000;

/**
 * Starts both on free ports of this machine.
 * @param {{ appUrl: string, tokenSeconds?: number, beforeAnswer?: () => Promise<void> }} options where the page is, how long an
 *   access token lives, and what is waited for before each answer
 * @returns {Promise<BenchServer>}
 */
export async function startBenchServer({ appUrl, tokenSeconds = 3600, beforeAnswer }) {
  const loud = hushProvider();
  const [authorization, resource] = [createServer(), createServer()];
  const issuer = `http://localhost:${await listen(authorization, 0, '127.0.0.1')}`;
  const api = `http://localhost:${await listen(resource, 0, '127.0.0.1')}`;
  const provider = createProvider(issuer, `${appUrl}callback`, tokenSeconds);
  /** @type {Set<string>} */
  const live = new Set();
  provider.on('access_token.saved', ({ jti }) => live.add(jti));
  /** @type {WeakMap<object, TokenRequest>} */
  const records = new WeakMap();
  provider.on('grant.error', ({ res }, error) => {
    const record = records.get(res);
    if (record) record.error = error.error_detail ?? error.message;
  });
  const provide = provider.callback();

  /** @type {TokenRequest[]} */
  let tokenRequests = [];
  /** @type {Set<Promise<unknown>>} */
  const underWay = new Set();
  /** @type {Promise<unknown>} */
  let turn = Promise.resolve();

  /** Half a round trip, the rotation (one at a time, as in a transaction), half a round trip. @type {Answer} */
  async function token(request, response) {
    const body = await text(request);
    const { fault } = server;
    const record = { grant: new URLSearchParams(body).get('grant_type'), status: 0, isLost: false };
    tokenRequests.push(record);
    records.set(response, record);
    server.moments.emit('asked');
    await pause(server.roundTrip.token / 2 + (fault === 'slow' ? SLOW_MS : 0));
    if (fault === 'unavailable' || fault === 'cut') return fail(fault, response, record);
    const sent = heldBack(response, server.roundTrip.token / 2, {
      onAnswer() {
        record.status = response.statusCode;
        server.moments.emit('rotated');
      },
      onSend() {
        record.isLost = response.destroyed;
      },
    });
    const rotation = turn.then(() => provide(Object.assign(request, { body }), response));
    turn = rotation.catch(() => undefined);
    await rotation;
    return sent();
  }

  /** @type {Answer} */
  async function authorize(request, response) {
    await beforeAnswer?.();
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname.startsWith('/interaction/')) return signInAlice(provider, request, response);
    if (pathname !== '/token' || request.method !== 'POST') return provide(request, response);
    const work = token(request, response);
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  /** @type {Answer} */
  async function call(request, response) {
    await beforeAnswer?.();
    const bearer = request.headers.authorization?.replace(/^Bearer /i, '');
    const found = bearer && (await provider.AccessToken.find(bearer));
    await pause(server.roundTrip.api);
    if (server.fault === 'api-cut') return response.destroy();
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS') {
      const allowed = { 'access-control-allow-headers': 'authorization', 'access-control-max-age': '7200' };
      return response.writeHead(204, allowed).end();
    }
    const isLive = found && live.has(found.jti) && !found.isExpired;
    const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' };
    return response.writeHead(isLive ? 200 : 401, { 'cache-control': 'no-store', ...(!isLive && challenge) }).end();
  }

  authorization.on('request', (request, response) => void authorize(request, response).catch(() => response.destroy()));
  resource.on('request', (request, response) => void call(request, response).catch(() => response.destroy()));
  /** @type {BenchServer} */
  const server = {
    issuer,
    endpoints: {
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    },
    clientId: CLIENT_ID,
    api,
    roundTrip: { token: 0, api: 0 },
    fault: undefined,
    moments: new EventEmitter(),
    expire: () => live.clear(),
    takeTokenRequests() {
      const taken = tokenRequests;
      tokenRequests = [];
      return taken;
    },
    async quiet() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    async stop() {
      for (const http of [authorization, resource]) {
        http.closeAllConnections();
        http.close();
      }
      loud();
    },
  };
  return server;
}

/**
 * @param {'unavailable' | 'cut'} fault
 * @param {import('node:http').ServerResponse} response
 * @param {TokenRequest} record
 */
function fail(fault, response, record) {
  response.setHeader('access-control-allow-origin', '*');
  record.status = fault === 'cut' ? 0 : 503;
  if (fault === 'unavailable') {
    response.writeHead(503, { 'retry-after': '1' }).end();
    return;
  }
  // Half a response. The provider has not seen the request, because a token that it had rotated would be lost.
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 900 });
  response.write('{"access_token":"', () => response.destroy());
}

/**
 * Delays a response.
 * @param {import('node:http').ServerResponse} response
 * @param {number} ms
 * @param {{ onAnswer: () => void, onSend: () => void }} told
 * @returns {() => Promise<void>} resolves when the response has been sent
 */
function heldBack(response, ms, { onAnswer, onSend }) {
  const send = response.end.bind(response);
  let sent = Promise.resolve();
  const later = async (/** @type {Parameters<typeof send>} */ answer) => {
    await pause(ms);
    onSend();
    send(...answer);
  };
  response.end = /** @type {typeof send} */ (
    (/** @type {Parameters<typeof send>} */ ...answer) => {
      onAnswer();
      sent = later(answer);
      return response;
    }
  );
  return () => sent;
}
