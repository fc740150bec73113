/**
 * Faults of oidc-provider's token endpoint, over a real socket: a refresh runs in the service worker, whose requests a page's
 * routes do not intercept.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type TokenFault =
  /** Ignores the request. */
  | { kind: 'unavailable'; status: 429 | 503; retryAfterSeconds?: number }
  /**
   * Half a response, then the connection is closed. `hasRotated`: the server processed the request; otherwise a proxy in front of
   * it failed.
   */
  | { kind: 'cut'; hasRotated: boolean }
  /** Rejects the request with these members as JSON. */
  | { kind: 'rejected'; status: number; body: Record<string, unknown> }
  /** The server processes the request; its JSON is changed. */
  | { kind: 'edited'; edit: (document: Record<string, unknown>) => Record<string, unknown> }
  /** The server processes the request; its response is delayed. */
  | { kind: 'late'; until: Promise<unknown> };

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Responds to one token request with a fault; `answer` is the server's own handler. */
export async function failToken(
  fault: TokenFault,
  answer: Listener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case 'unavailable': {
      const { status, retryAfterSeconds } = fault;
      allowEveryOrigin(response);
      if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
      return void response.writeHead(status).end();
    }
    case 'cut':
      if (fault.hasRotated) {
        instead(response, (body) => void response.write(body.subarray(0, body.length / 2), () => response.destroy()));
        return answer(request, response);
      }
      allowEveryOrigin(response);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 900 });
      return void response.write('{"access_token":"', () => response.destroy());
    case 'rejected':
      allowEveryOrigin(response);
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify(fault.body));
    case 'edited': {
      const send = response.end.bind(response);
      instead(response, (body) => {
        const edited = JSON.stringify(fault.edit(JSON.parse(body.toString()) as Record<string, unknown>));
        response.setHeader('content-length', Buffer.byteLength(edited));
        send(edited);
      });
      return answer(request, response);
    }
    case 'late': {
      const send = response.end.bind(response);
      instead(response, (body) => void fault.until.then(() => send(body)));
      return answer(request, response);
    }
  }
}

function allowEveryOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'Retry-After');
}

/** Calls `send` instead of sending the response. */
function instead(response: ServerResponse, send: (body: Buffer) => void): void {
  response.end = ((body: string | Buffer = '') => {
    send(Buffer.from(body as string));
    return response;
  }) as typeof response.end;
}
