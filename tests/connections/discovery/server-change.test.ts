/** DISC-5: an API that moves from one certified server to another, which needs the user's approval. */
import { afterEach, beforeEach, expect, test } from 'vitest';

import { APP_URL, openBrowser, serviceAt, type Tab } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer } from '#tests/support/oidc-server.ts';
import { visit } from '#tests/support/visitor.ts';

import { failureOf } from '#tests/support/tab.ts';

const SCOPE = ['openid', 'profile', 'offline_access', 'notices:read'];
let old: OidcServer;
let next: OidcServer;
let tab: Tab;
beforeEach(async () => {
  old = await startOidcServer();
  next = await startOidcServer();
  tab = openBrowser().openTab();
});
afterEach(async () => {
  await old.stop();
  await next.stop();
});

async function connect(request: { issuer?: string; connectionId?: string } = {}): Promise<string> {
  const { issuer, ...rest } = request;
  const service = serviceAt(old.resource, { id: 'notices', name: 'Notices', ...(issuer !== undefined && { issuer }) });
  const outcome = await tab.finish(await visit(await tab.start({ service, scope: SCOPE, ...rest }), APP_URL));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

/** Everything that was sent to a server: URLs, headers and bodies. */
async function sentTo({ issuer }: OidcServer): Promise<string> {
  const sent = tab.requests.filter(({ url }) => url.startsWith(issuer));
  const texts = sent.map(
    async (request) => `${request.url} ${JSON.stringify([...request.headers])} ${await request.text()}`,
  );
  return (await Promise.all(texts)).join('\n');
}

test('DISC-5: ends the sign-in with its own reason and sends nothing to the new server', async () => {
  const id = await connect();
  old.moveApiTo(next);
  expect(await failureOf(tab.call(id)(''))).toMatchObject({ code: 'needs-sign-in' });
  expect(tab.store.views()).toMatchObject([
    { id, status: { reason: 'server-changed', change: { from: old.issuer, to: [next.issuer] } } },
  ]);
  expect(next.requests).toEqual([]);
});

test('DISC-5: does not follow at a reconnect either, and names the new server', async () => {
  const id = await connect();
  old.moveApiTo(next);
  const again = tab.start({
    service: serviceAt(old.resource, { id: 'notices', issuer: old.issuer }),
    scope: SCOPE,
    connectionId: id,
  });
  // The cached metadata still names the old server. One more sign-in there succeeds, and the next call detects the change.
  expect(new URL(await again).origin).toBe(old.issuer);
  await failureOf(tab.call(id)(''));
  const after = tab.start({ service: serviceAt(old.resource, { id: 'notices', issuer: old.issuer }), scope: SCOPE });
  expect(await failureOf(after)).toMatchObject({
    code: 'server-changed',
    details: { change: { from: old.issuer, to: [next.issuer] } },
  });
  expect(next.requests).toEqual([]);
});

test('DISC-5, REG-2, UI-4: starts a separate sign-in after approval, and sends nothing of the old server to the new one', async () => {
  const id = await connect();
  const oldToken = await tab.tokens.current(id);
  const record = await tab.vault.read(id);
  const refreshToken = record?.state.kind === 'connected' ? (record.state.grant.refreshToken ?? '') : '';
  const oldClient = tab.store.views()?.[0]?.details?.clientId ?? '';
  old.moveApiTo(next);
  await failureOf(tab.call(id)(''));

  const newId = await connect({ issuer: next.issuer });
  expect(newId).not.toBe(id);
  expect(await (await tab.call(newId)('')).json()).toMatchObject({ subject: 'ada' });
  expect(tab.store.views()).toMatchObject([
    { id, status: { reason: 'server-changed' }, identity: { issuer: old.issuer } },
    { id: newId, status: { kind: 'connected' }, identity: { issuer: next.issuer } },
  ]);
  expect(await tab.disconnect(id)).toEqual({ kind: 'revoked' });
  expect(old.requests).toContain('POST /token/revocation');
  expect(next.requests).not.toContain('POST /token/revocation');
  const sent = await sentTo(next);
  expect(sent).toContain('client_id');
  for (const secret of [oldToken, refreshToken, oldClient]) {
    expect(secret).not.toBe('');
    expect(sent).not.toContain(secret);
  }
  expect(await (await tab.call(newId)('')).json()).toMatchObject({ subject: 'ada' });
});
