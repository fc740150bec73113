/** Shared by the failure tests: a browser beside a misbehaving server, and what must hold whatever the fault. */
import { inspect } from 'node:util';
import { expect, vi } from 'vitest';

import type { ConnectionRecord } from '#connections/store/connection-record.ts';
import type { Grant } from '#connections/store/connection-state.ts';
import { consent, locationOf } from '#tests/birdsong/client.ts';
import { openBrowser, serviceAt, type BrowserOptions, type Tab } from './browser.ts';
import type { MisbehavingServer } from './misbehaving-server.ts';

/** A tab of a new browser. */
export const openTab = (options?: BrowserOptions): Tab => openBrowser(options).openTab();

/** Starts a sign-in at the server: discovery and registration. */
export function begin(tab: Tab, server: MisbehavingServer, options: { signal?: AbortSignal } = {}): Promise<string> {
  const service = serviceAt(server.urls.resource);
  return tab.start({ service, scope: service.firstScopes, ...options });
}

/** Starts a sign-in and lets the user allow it. Returns the callback URL. */
export async function allowed(tab: Tab, server: MisbehavingServer): Promise<URL> {
  return locationOf(await consent(new URL(await begin(tab, server))));
}

/** Runs a whole sign-in that succeeds. Returns the connection's id. */
export async function connect(tab: Tab, server: MisbehavingServer): Promise<string> {
  const outcome = await tab.finish(await allowed(tab, server));
  expect(outcome).toMatchObject({ kind: 'connected' });
  return outcome.kind === 'connected' ? outcome.connectionId : '';
}

/** What the browser stores: connections with their tokens, and pending sign-ins. */
export async function kept(tab: Tab) {
  const signIns = Object.keys(tab.sessionStorage).filter((key) => key.startsWith('sign-in '));
  return { connections: await tab.vault.all(), signIns };
}

/** Returns the grant of a stored connection. */
export function grantOf(record: ConnectionRecord | undefined): Grant & { refreshToken: string } {
  if (record?.state.kind !== 'connected') throw new Error('the connection has no grant');
  return { refreshToken: '', ...record.state.grant };
}

/** Returns what a call threw. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error,
  );
}

/**
 * STO-4, API-1: expects that no token, code or verifier that the server has received or issued is in a URL, in the trace, in
 * what screens see, in this tab's sessionStorage, or anywhere in `thrown`, including causes.
 */
export function expectNoSecretSeen(tab: Tab, server: MisbehavingServer, ...thrown: unknown[]): void {
  tab.recorder.save();
  const seen = {
    urls: tab.requests.map(({ url }) => `${url} ${decodeURIComponent(url)}`).join('\n'),
    trace: JSON.stringify(tab.recorder.events()),
    views: JSON.stringify(tab.store.views()),
    sessionStorage: JSON.stringify(tab.sessionStorage),
    thrown: inspect(thrown, { depth: 20, showHidden: true, maxStringLength: null }) + JSON.stringify(thrown),
  };
  expect(server.secrets.size).toBeGreaterThanOrEqual(2);
  for (const [place, text] of Object.entries(seen)) {
    const found = [...server.secrets].filter((secret) => text.includes(secret));
    expect(found, place).toEqual([]);
  }
}

/**
 * Deadlines that expire when the test says so: the last one, or all of a length in milliseconds. Until then nothing times out.
 */
export function holdDeadlines(): { runOut(length?: number): void } {
  const deadlines: { length: number; controller: AbortController }[] = [];
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((length) => {
    const controller = new AbortController();
    deadlines.push({ length, controller });
    return controller.signal;
  });
  return {
    runOut(length) {
      const over = length === undefined ? deadlines.slice(-1) : deadlines.filter((each) => each.length === length);
      for (const { controller } of over) controller.abort(new DOMException('the time is over', 'TimeoutError'));
    },
  };
}
