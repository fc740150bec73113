/** A small static server for the built app that follows the rules in hosting.mjs. Uses only Node's built-in modules. */
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { cacheControl, contentType, responseRules } from './hosting.mjs';
import { listen } from './port.mjs';
import { chosenEncoding, decodedPath, encodedBody, fileReader } from './served-file.mjs';

/** @typedef {(path: string) => Promise<import('./served-file.mjs').ServedFile | null>} ReadFile */

/**
 * Serves a folder until it is closed.
 * @param {string} folder
 * @param {{ port?: number, host?: string, tls?: { key: string, cert: string }, beforeAnswer?: (url: string) => Promise<void> }} [options]
 *   port: 0 picks a free port; host: defaults to the loopback interface; tls: PEM texts, to serve over https; beforeAnswer:
 *   awaited before each response, to simulate latency
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} url: ends with a slash; close: also closes
 *   open connections
 * @throws {import('./port.mjs').PortTakenError}
 */
export async function serve(folder, { port = 0, host = '127.0.0.1', tls, beforeAnswer: beforeResponse } = {}) {
  const readFile = await fileReader(folder);
  /** @type {import('node:http').RequestListener} */
  const onRequest = (request, response) => {
    const idle = async () => {
      await beforeResponse?.(request.url ?? '');
      await respond(readFile, request, response, tls !== undefined);
    };
    idle().catch((error) => {
      process.stderr.write(`${request.url}: ${error}\n`);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'Server error');
    });
  };
  const server = tls ? createSecureServer(tls, onRequest) : createServer(onRequest);
  const listening = await listen(server, port, host);
  return {
    url: `${tls ? 'https' : 'http'}://${host === '127.0.0.1' ? 'localhost' : host}:${listening}/`,
    port: listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Responds to a request.
 * @param {ReadFile} readFile
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {boolean} secure whether it was received over https
 */
async function respond(readFile, request, response, secure) {
  const path = decodedPath(request.url ?? '');
  const rules = responseRules(path ?? '/', { method: request.method, host: request.headers.host, secure });
  for (const [name, value] of Object.entries(rules.headers)) response.setHeader(name, value);
  if (!rules.allowed) return sendText(response, 405, 'Method not allowed', { Allow: 'GET, HEAD' });
  if (path === null) return sendText(response, 400, 'Bad request');

  const file =
    (await readFile(path === '/' ? '/index.html' : path)) ?? (rules.fallback && (await readFile(rules.fallback)));
  if (!file) return sendText(response, 404, 'Not found');

  const type = contentType(file.path);
  const isText = /^text\/|json|svg/.test(type);
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', cacheControl(file.path));
  response.setHeader('ETag', file.etag);
  if (isText) response.setHeader('Vary', 'Accept-Encoding');
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (known?.some((tag) => tag === '*' || tag === file.etag)) {
    response.writeHead(304).end();
    return;
  }
  const encoding = isText ? chosenEncoding(request.headers['accept-encoding']?.toString()) : null;
  const body = await encodedBody(file, encoding);
  if (encoding) response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Length', body.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Sends an error response.
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} [headers]
 */
function sendText(response, status, text, headers = {}) {
  const common = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(status, { ...common, ...headers }).end(`${text}\n`);
}
