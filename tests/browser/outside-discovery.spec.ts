/** "Add a service" against servers as they are in the wild: what only a browser can tell, and what the user sees of it. */
import { createServer, type RequestListener } from 'node:http';

import { expect } from './app.ts';
import { forgiveCors, search, test } from './peers.ts';

const CORS = { 'access-control-allow-origin': '*' };

/** Starts a server of its own and returns its origin. */
async function serverOf(listener: (origin: string) => RequestListener) {
  let origin = '';
  const server = createServer((request, response) => listener(origin)(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  origin = `http://127.0.0.1:${address.port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin, stop };
}

test('B7: tells a redirect, a server that is up, and one that is down apart', async ({ page, appUrl, complaints }) => {
  const redirecting = await serverOf(() => (_request, response) => {
    response.writeHead(302, { ...CORS, location: 'https://elsewhere.example/' }).end();
  });
  await search(page, appUrl, redirecting.origin);
  const result = page.getByRole('main');
  await expect(result).toContainText('redirects the request');
  await redirecting.stop();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(result).toContainText('The server doesn’t respond.');
  const hiding = await serverOf(() => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await search(page, appUrl, hiding.origin);
  await expect(result).toContainText('The server doesn’t allow browser apps.');
  await expect(result).toContainText('Access-Control-Allow-Origin');
  await hiding.stop();
  forgiveCors(complaints);
});

test('B2, B6, B8: a server without a scheme, silent about PKCE and with a bad endpoint, waits for a tick', async ({
  page,
  appUrl,
  complaints,
}) => {
  const server = await serverOf((origin) => (request, response) => {
    const isMetadata = request.url === '/.well-known/oauth-authorization-server';
    response.writeHead(isMetadata ? 200 : 404, { ...CORS, 'content-type': 'application/json' });
    const endpoints = { authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` };
    const metadata = { issuer: `${origin}/`, ...endpoints, userinfo_endpoint: 'http://elsewhere.example/me' };
    response.end(JSON.stringify(isMetadata ? metadata : {}));
  });
  await search(page, appUrl, server.origin.replace('http://', ''));
  const result = page.getByRole('main');
  await expect(result).toContainText('userinfo_endpoint');
  await page.getByRole('textbox', { name: 'Client ID' }).fill('planner');
  await expect(result).toContainText('This server does not say that it checks PKCE. Many that stay silent do.');
  await expect(result).toContainText('tick “Connect anyway”');
  await page.getByRole('checkbox', { name: 'Connect anyway' }).check();
  const left = page.waitForRequest((request) => request.url().startsWith(`${server.origin}/authorize`));
  await page.getByRole('button', { name: /^Connect/ }).click();
  expect(new URL((await left).url()).searchParams.get('code_challenge_method')).toBe('S256');
  await server.stop();
  forgiveCors(complaints);
});
