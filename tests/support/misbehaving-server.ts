/** Birdsong behind a front that misbehaves on demand, one URL at a time, over real sockets. */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

import type { Urls } from '#birdsong/urls.ts';
import type { Controls } from '#birdsong/controls.ts';

import { loadBirdsong, toRequest } from './birdsong-program.ts';
import type { Fault, Json } from './fault.ts';

export interface MisbehavingServer {
  readonly urls: Urls;
  readonly controls: Controls;
  /** Every request so far, oldest first, as `METHOD path`, without preflights (OPTIONS). */
  readonly requests: readonly string[];
  /** Every token, code and verifier that was sent or received. */
  readonly secrets: ReadonlySet<string>;
  /** From now on `address` has this fault, for so many requests. Replaces an earlier fault. */
  misbehave(address: string, fault: Fault, times?: number): void;
  /** Ends all faults. */
  behave(): void;
  /** Counts the requests to a URL, whatever the query. */
  count(address: string): number;
  /** Resolves when a request to `address` hangs: in silence, in a drip, or with a delayed response. */
  hanging(address: string): Promise<unknown>;
  /** Closes the server. Throws if Birdsong had internal errors. */
  stop(): Promise<void>;
}

/** Lets a page on any origin read a response. */
const READABLE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
};

const SECRETS = 'access_token refresh_token id_token registration_access_token token code code_verifier'.split(' ');

/** Starts a server on a free port of 127.0.0.1. It has no fault at first. */
export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  const { createBirdsong, createIndexedDbStore } = await loadBirdsong();
  const http = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      faults.push(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const faults: unknown[] = [];
  const now = Date.now;
  const store = createIndexedDbStore({ factory: new IDBFactory(), keyRange: IDBKeyRange, name: 'birdsong', now });
  const base = new URL('/birdsong', origin);
  const birdsong = createBirdsong({ base, store, now, onError: (error) => faults.push(error) });
  const requests: string[] = [];
  const secrets = new Set<string>();
  const told = new Map<string, { fault: Fault; left: number }>();
  const hangings = new EventEmitter();

  /** Returns the message unchanged, after recording its secrets. */
  async function noted<Message extends Request | Response>(message: Message): Promise<Message> {
    for (const secret of await secretsOf(message.clone())) secrets.add(secret);
    return message;
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', origin);
    const order = told.get(origin + url.pathname);
    const fault = order && order.left > 0 ? order.fault : undefined;
    if (incoming.method === 'OPTIONS' && fault) return send(outgoing, preflight(fault));
    const request = await noted(await toRequest(incoming, url));
    if (incoming.method !== 'OPTIONS') requests.push(`${incoming.method} ${url.pathname}`);
    if (!order || !fault) return send(outgoing, await noted(await birdsong.handle(request)));
    order.left -= 1;
    await misbehave(fault, request, outgoing, () => hangings.emit(origin + url.pathname));
  }

  async function misbehave(fault: Fault, request: Request, outgoing: ServerResponse, hangs: () => void) {
    switch (fault.kind) {
      case 'flood':
        return pour(' '.repeat(64 * 1024), 0, outgoing);
      case 'drip':
        return pour(' ', 5, outgoing, hangs);
      case 'answer': {
        const { status, headers, body } = fault;
        return send(outgoing, new Response(body ?? null, { status, headers: { ...READABLE, ...headers } }));
      }
      case 'silence':
        return hangs();
      case 'hang-up':
        return void outgoing.destroy();
      case 'lost-answer':
        await noted(await birdsong.handle(request));
        return void outgoing.destroy();
      case 'late': {
        const response = await noted(await birdsong.handle(request));
        hangs();
        await fault.until;
        return send(outgoing, response);
      }
      case 'edited': {
        const response = await noted(await birdsong.handle(request));
        const document = await fault.edit((await response.json()) as Json);
        const { status } = response;
        const headers = { ...Object.fromEntries(response.headers), ...fault.headers };
        return send(outgoing, await noted(Response.json(document, { status, headers })));
      }
      case 'disguised': {
        const { status, headers = {}, write = (text: string) => text } = fault;
        const response = await noted(await birdsong.handle(request));
        const changes = { ...Object.fromEntries(response.headers), ...headers };
        const body = write(await response.text());
        return send(outgoing, new Response(body, { status: status ?? response.status, headers: changes }));
      }
      case 'unreadable': {
        const response = await noted(await birdsong.handle(request));
        response.headers.delete('access-control-allow-origin');
        return send(outgoing, response);
      }
      case 'access-token-refused': {
        const form = await request.clone().formData();
        if (form.get('token_type_hint') !== 'access_token') return send(outgoing, await birdsong.handle(request));
        return send(outgoing, new Response(null, { status: fault.status, headers: READABLE }));
      }
      case 'preflight-refused':
        return send(outgoing, await noted(await birdsong.handle(request)));
    }
  }

  return {
    urls: birdsong.urls,
    controls: birdsong.controls,
    requests,
    secrets,
    misbehave: (at, fault, times = Infinity) => void told.set(at, { fault, left: times }),
    behave: () => told.clear(),
    count: (at) => requests.filter((request) => request.endsWith(` ${new URL(at).pathname}`)).length,
    hanging: (at) => once(hangings, at),
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      if (faults.length > 0) throw new AggregateError(faults, 'Birdsong had faults');
    },
  };
}

/** Writes until the other side closes the connection; reports when headers and a few chunks are sent. */
async function pour(chunk: string, pauseMs: number, outgoing: ServerResponse, onFlowing?: () => void): Promise<void> {
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  for (let written = 0; !outgoing.destroyed; written += 1) {
    outgoing.write(chunk);
    if (written === 3) onFlowing?.();
    await pause(pauseMs);
  }
}

/** Allows preflights (Fetch, CORS protocol); faults apply to the request itself. */
function preflight(fault: Fault): Response {
  if (fault.kind === 'preflight-refused') return new Response(null, { status: 403 });
  const allowed = {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'Authorization, Content-Type, DPoP, Idempotency-Key',
  };
  return new Response(null, { status: 204, headers: { ...READABLE, ...allowed } });
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** Collects the secrets of a form or a JSON object by their names, and that of an Authorization header. */
async function secretsOf(message: Request | Response): Promise<string[]> {
  const type = message.headers.get('content-type') ?? '';
  const text = await message.text();
  let fields: Json = {};
  if (type.includes('form')) fields = Object.fromEntries(new URLSearchParams(text));
  if (type.includes('json')) fields = (JSON.parse(text) ?? {}) as Json;
  const bearer = /^Bearer (.+)$/.exec(message.headers.get('authorization') ?? '')?.[1];
  const values = [...SECRETS.map((name) => fields[name]), bearer];
  return values.filter((value) => typeof value === 'string').filter((value) => value !== '');
}
