/** A server of another origin that misbehaves as its path says: for pages in a browser, where CORS and time are real. */
import { createServer, type ServerResponse } from 'node:http';

import { listen } from '#scripts/port.mjs';

/** How it misbehaves. All but `no-cors` let any page read what they answer. */
export type FaultKind = keyof typeof FAULTS;

const FAULTS = {
  missing: (response: ServerResponse) => json(response, 404, { nothing: 'here' }),
  html: (response: ServerResponse) => send(response, 200, 'text/html', '<title>Welcome</title><p>Please sign in.'),
  huge: (response: ServerResponse) => json(response, 200, { padding: 'x'.repeat(300 * 1024) }),
  failing: (response: ServerResponse) => send(response, 500, 'text/html', '<h1>Internal error</h1>'),
  demanding: (response: ServerResponse) => {
    response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate');
    response.setHeader('WWW-Authenticate', 'Bearer error="insufficient_user_authentication", max_age="300"');
    json(response, 401, {});
  },
  refusing: (response: ServerResponse) => json(response, 400, { error: 'invalid_grant' }),
  limiting: (response: ServerResponse) => json(response, 429, {}),
  'no-cors': (response: ServerResponse) => {
    response.removeHeader('Access-Control-Allow-Origin');
    json(response, 200, {});
  },
  /** Accepts the request and never answers. */
  hanging: () => undefined,
  /** Closes the connection in place of an answer. */
  cutting: (response: ServerResponse) => void response.destroy(),
};

/** Starts the server on a free port of this machine. */
export async function startFaultServer(): Promise<{ urlOf: (kind: FaultKind) => string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type, idempotency-key');
    if (request.method === 'OPTIONS') return void response.end();
    const kind = (request.url ?? '').slice(1);
    if (kind in FAULTS) FAULTS[kind as FaultKind](response);
    else json(response, 404, {});
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    urlOf: (kind) => `http://localhost:${port}/${kind}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
