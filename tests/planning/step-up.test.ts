/** API-8: a post to a network that requires step-up authentication (RFC 9470), at a certified server that supports it. */
import { afterEach, expect, test } from 'vitest';

import { readJson } from '#api/read-json.ts';
import { APP_URL, openBrowser, serviceAt } from '#tests/support/browser.ts';
import { startOidcServer, type OidcServer } from '#tests/support/oidc-server.ts';
import { draft, postStore, target } from '#tests/support/posts.ts';
import { visit } from '#tests/support/visitor.ts';
import { createPublisher, type Target } from '#planning/publisher.ts';

const SCOPE = ['openid', 'offline_access', 'notices:read', 'notices:write'];
let server: OidcServer;
afterEach(() => server.stop());

test('API-8: the post waits, the sign-in requests what is required, and the post is sent automatically, once', async () => {
  server = await startOidcServer({ acrToWrite: 'strong', pushing: 'none' });
  const tab = openBrowser().openTab();
  const service = serviceAt(server.resource, { id: 'notices', name: 'Notices' });
  const signIn = async (request: object): Promise<{ url: URL; connectionId: string }> => {
    const url = new URL(await tab.start({ service, scope: SCOPE, ...request }));
    const outcome = await tab.finish(await visit(url.href, APP_URL));
    expect(outcome).toMatchObject({ kind: 'connected' });
    return { url, connectionId: outcome.kind === 'connected' ? outcome.connectionId : '' };
  };
  const { connectionId } = await signIn({});
  const notices: Target = {
    ...target(connectionId, () => expect.fail('the notices answer')),
    call: tab.call(connectionId),
  };
  const network: Target['network'] = {
    ...notices.network,
    async publish(call, { text }) {
      const headers = { 'content-type': 'application/json' };
      const made = await readJson(await call('notices', { method: 'POST', headers, body: JSON.stringify({ text }) }));
      return { id: String(made.id), text, state: { kind: 'published', at: 0 } };
    },
  };
  const posts = postStore();
  const publisher = createPublisher({
    posts,
    targetFor: () => ({ ...notices, network }),
    lock: (_name, task) => task(),
    now: Date.now,
    onError: (error) => expect.fail(String(error)),
  });
  const written = (): number => server.requests.filter((request) => request === 'POST /api/notices').length;
  const stateNow = () => posts.get('p-1')?.deliveries[0]?.state;

  await publisher.send(draft({ targets: [connectionId] }));
  const waits = stateNow();
  expect(waits).toMatchObject({ reason: 'needs-authentication', demand: { acrValues: 'strong' } });
  expect(written()).toBe(1);
  expect(tab.store.views()).toMatchObject([{ status: { kind: 'connected' } }]);

  const authentication = { acrValues: 'strong' };
  const again = await signIn({ connectionId, resumes: 'p-1', authentication });
  expect(again.url.searchParams.get('acr_values')).toBe('strong');
  expect(again.connectionId).toBe(connectionId);
  await publisher.tryAgain('p-1', connectionId);
  expect(stateNow()).toMatchObject({ kind: 'sent' });
  expect(written()).toBe(2);
});
