/** Authorization responses of real servers that deviate from the specifications. None of them weakens a check. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { responseParameters } from '#oauth/callback.ts';
import { APP_URL, type Tab } from '#tests/support/browser.ts';
import { startMisbehavingServer, type MisbehavingServer } from '#tests/support/misbehaving-server.ts';
import { allowed, begin, kept, openTab } from '#tests/support/tab.ts';

let server: MisbehavingServer;
let tab: Tab;
beforeEach(async () => {
  server = await startMisbehavingServer();
  tab = openTab();
});
afterEach(() => server.stop());

/** The response to a started sign-in, as the server's redirect brings it. A parameter of undefined is left out. */
function responseTo(url: string, parameters: Record<string, string | undefined>, part: '?' | '#' = '?'): URL {
  const { searchParams } = new URL(url);
  const all = { state: searchParams.get('state') ?? '', iss: server.urls.issuer, ...parameters };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const text = `${searchParams.get('redirect_uri')}${part}${new URLSearchParams(given).toString()}`;
  const callback = new URL(text);
  // What the app's first script does with the URL.
  const read = responseParameters(callback.search, callback.hash).toString();
  callback.hash = '';
  callback.search = read;
  return callback;
}

describe('D1: a user who says no', () => {
  it.each(['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'])(
    'D1: %s is a denial, whatever its name',
    async (error) => {
      const outcome = await tab.finish(responseTo(await begin(tab, server), { error }));
      expect(outcome).toMatchObject({ kind: 'denied', error });
      expect(await kept(tab)).toEqual({ connections: [], signIns: [] });
    },
  );

  it('D1: another error is not a denial', async () => {
    const outcome = await tab.finish(responseTo(await begin(tab, server), { error: 'user_cancelledness' }));
    expect(outcome).toMatchObject({ kind: 'error-response' });
  });
});

describe('D1: an error without state', () => {
  const error = { state: undefined, error: 'invalid_scope', error_description: 'unknown: posts:fly' };

  it('D1: on a redirect URI that exactly one pending sign-in uses: it is shown as the server’s unproven word', async () => {
    const url = await begin(tab, server);
    const before = await kept(tab);
    const outcome = await tab.finish(responseTo(url, error));
    expect(outcome).toMatchObject({
      kind: 'unproven-error',
      error: 'invalid_scope',
      description: 'unknown: posts:fly',
      service: { name: 'Birdsong' },
    });
    expect(await kept(tab)).toEqual(before);
    expect(before.signIns).toHaveLength(1);
    expect(server.count(server.urls.token)).toBe(0);
  });

  it('D1: leaves the sign-in pending, so that its own response still finishes it', async () => {
    const callback = await allowed(tab, server);
    await tab.finish(responseTo(`${APP_URL}?redirect_uri=${callback.origin}${callback.pathname}`, error));
    expect(await tab.finish(callback)).toMatchObject({ kind: 'connected' });
  });

  it.each([
    ['names another issuer', { iss: 'https://evil.example' }],
    ['names no issuer although the server always does', { iss: undefined }],
    ['has an empty error', { error: '' }],
  ])('D1: that %s is no word of the server', async (_name, change) => {
    const outcome = await tab.finish(responseTo(await begin(tab, server), { ...error, ...change }));
    expect(outcome).toEqual({ kind: 'invalid-response', reason: 'no-state' });
  });

  it('D1: with no pending sign-in is nobody’s word', async () => {
    const url = await begin(tab, server);
    tab.sessionStorage.clear();
    expect(await tab.finish(responseTo(url, error))).toEqual({ kind: 'invalid-response', reason: 'no-state' });
  });

  it('D1: with two pending sign-ins on the redirect URI belongs to neither', async () => {
    const url = await begin(tab, server);
    const key = Object.keys(tab.sessionStorage).find((name) => name.startsWith('sign-in ')) ?? '';
    tab.sessionStorage.setItem(`${key}2`, tab.sessionStorage.getItem(key) ?? '');
    expect(await tab.finish(responseTo(url, error))).toEqual({ kind: 'invalid-response', reason: 'no-state' });
  });

  it('D1: with a code beside it is never exchanged', async () => {
    const outcome = await tab.finish(responseTo(await begin(tab, server), { ...error, code: 'c' }));
    expect(outcome).toMatchObject({ kind: 'invalid-response' });
    expect(server.count(server.urls.token)).toBe(0);
  });
});

describe('D1: a response in the fragment', () => {
  it('D1: an error in the fragment is read, and told', async () => {
    const url = await begin(tab, server);
    const outcome = await tab.finish(responseTo(url, { error: 'access_denied' }, '#'));
    expect(outcome).toMatchObject({ kind: 'denied', error: 'access_denied' });
  });

  it('D1: an error in the fragment beside a state in the query is read', () => {
    const read = responseParameters('?state=s', '#error=invalid_scope');
    expect([...read]).toEqual([
      ['state', 's'],
      ['error', 'invalid_scope'],
    ]);
  });

  it.each([
    ['a code', { code: 'c' }],
    ['a token', { access_token: 't' }],
  ])('D1: %s in the fragment is told, and not used', async (_name, parameters) => {
    const outcome = await tab.finish(responseTo(await begin(tab, server), parameters, '#'));
    expect(outcome).toEqual({ kind: 'invalid-response', reason: 'foreign-response' });
    expect(server.count(server.urls.token)).toBe(0);
    expect(JSON.stringify(tab.recorder.events())).not.toContain('"c"');
  });

  it('D1: a fragment beside a response in the query is ignored', () => {
    expect([...responseParameters('?code=c&state=s', '#_=_&error=x').keys()]).toEqual(['code', 'state']);
  });
});

describe('E8: sentences about the response', () => {
  it('E8: a response with a code and error=access_denied does not say that the user said no', async () => {
    const callback = await allowed(tab, server);
    callback.searchParams.set('error', 'access_denied');
    expect(await tab.finish(callback)).toEqual({ kind: 'invalid-response', reason: 'code-and-error' });
    expect(server.count(server.urls.token)).toBe(0);
  });

  it.each([
    ['an empty iss', '', ''],
    ['the word none', 'none', 'none'],
  ])('E8: %s is told apart from a missing one', async (_name, iss, actual) => {
    const outcome = await tab.finish(responseTo(await begin(tab, server), { iss, code: 'c' }));
    expect(outcome).toMatchObject({ kind: 'issuer-mismatch', actual });
    const missing = await tab.finish(responseTo(await begin(tab, server), { iss: undefined, code: 'c' }));
    expect(missing).toMatchObject({ kind: 'issuer-mismatch' });
    expect(missing).not.toHaveProperty('actual');
  });
});
