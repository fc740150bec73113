/** A server of another maker on another origin: oidc-provider, which binds tokens to a key (DPoP, RFC 9449). */
import { startOidcServer } from '#tests/support/oidc-server.ts';

import { expect, signInAsAda, startBrowser, test } from './app.ts';
import type { StoryPage } from './page.ts';

test('DPOP-1: it is found, connected and called, and its key is still not extractable after a reload', async ({
  engine,
  host,
}) => {
  const server = await startOidcServer({
    signIn: 'pages',
    binding: 'required-with-nonces',
    pushing: 'required',
    accessTokenSeconds: 3600,
  });
  const { browser, openTab, expectNoComplaints } = await startBrowser(engine);
  try {
    const page = await openTab();
    await page.open(`${host.url}services/new`);
    await page.type('textbox', 'Service address', server.resource);
    await page.press('Enter');
    await page.click('checkbox', /notices:read/);
    await page.picture('found-service');
    await page.click('button', /^Connect/);
    await signInAsAda(page);
    await page.isAt(`${host.url}connections`);
    await page.sees('Ada Byron', 'article');
    await page.picture('connections-foreign');

    await page.click('link', /Console/);
    await page.type('textbox', 'Path', 'notices');
    await page.click('button', 'Send');
    await page.sees('200', 'main');
    await page.picture('console');

    await page.reload();
    await page.element('button', { name: 'Send' });
    const keys = await keysIn(page);
    expect(keys).toHaveLength(1);
    expect(keys[0]).toEqual({ isExtractable: false, exported: 'InvalidAccessError' });
    await page.click('button', 'Send');
    await page.sees('200', 'main');
    expectNoComplaints();
  } finally {
    await browser.close();
    await server.stop();
  }
});

/** What script of this origin can do with the private keys that are stored. */
function keysIn(page: StoryPage): Promise<{ isExtractable: boolean; exported: string }[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('proof-keys');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('no keys')));
    });
    const stored = await new Promise<{ key: CryptoKeyPair }[]>((resolve) => {
      const request = database.transaction('entries').objectStore('entries').getAll();
      request.addEventListener('success', () => resolve(request.result));
    });
    database.close();
    return Promise.all(
      stored.map(async ({ key: { privateKey } }) => ({
        isExtractable: privateKey.extractable,
        exported: await crypto.subtle.exportKey('jwk', privateKey).then(
          () => 'exported',
          (error: unknown) => (error instanceof DOMException ? error.name : 'another error'),
        ),
      })),
    );
  });
}
