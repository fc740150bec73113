/** M-16: exports a real sign-in and searches the export for its secrets. */
import { afterEach, describe, expect, test } from 'vitest';

import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace } from '#trace/event.ts';
import { asCurl } from '#trace/export/as-curl.ts';
import { asFetch } from '#trace/export/as-fetch.ts';
import { harOf } from '#trace/export/har.ts';
import { jsonTrace } from '#trace/export/json-trace.ts';
import { markdownReport } from '#trace/export/markdown-report.ts';
import { importTrace } from '#trace/import-trace.ts';
import { traceOf } from '#trace/recorder.ts';
import { APP_URL, openBrowser, serviceAt } from '#tests/support/browser.ts';
import { harFaults } from '#tests/support/har-schema.ts';
import { startOidcServer, type OidcServer } from '#tests/support/oidc-server.ts';
import { bodiesOf } from '#tests/support/traces.ts';
import { visit } from '#tests/support/visitor.ts';

let server: OidcServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const SECRET_MEMBERS = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'code',
  'code_verifier',
  'registration_access_token',
]);

/** Collects the secrets in the bodies and credentials of the requests and responses. */
function collector() {
  const secrets = new Set<string>();
  const collect = (name: string, value: unknown): unknown => {
    if (typeof value === 'string' && SECRET_MEMBERS.has(name)) secrets.add(value);
    return value;
  };
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    for (const name of ['authorization', 'dpop']) {
      const credentials = request.headers.get(name)?.split(' ').at(-1);
      if (credentials !== undefined) secrets.add(credentials);
    }
    new URLSearchParams(await request.clone().text()).forEach((value, name) => collect(name, value));
    const response = await globalThis.fetch(input, init);
    const text = await response.clone().text();
    if (response.headers.get('content-type')?.includes('json') === true) JSON.parse(text, collect);
    return response;
  };
  return { secrets, fetch };
}

function copiesOf({ events, bodyOf }: Trace): string[] {
  return events.flatMap((event) =>
    event.type === 'request' ? [asCurl(event, bodyOf(event.id)), asFetch(event, bodyOf(event.id))] : [],
  );
}

describe('M-16, STO-4: a sign-in with bound tokens, a call, a refresh and a disconnect', () => {
  test('are exported completely, validly and without secrets, and import unchanged', async () => {
    const { secrets, fetch } = collector();
    const tab = openBrowser({ fetch }).openTab();
    server = await startOidcServer({ binding: 'nonces', pushing: 'offered', accessTokenFormat: 'jwt' });
    const service = serviceAt(server.resource, { id: 'notices', name: 'Notices' });
    const scope = ['openid', 'profile', 'offline_access', 'notices:read'];
    const outcome = await tab.finish(await visit(await tab.start({ service, scope }), APP_URL));
    const id = outcome.kind === 'connected' ? outcome.connectionId : '';
    await tab.call(id)('');
    await tab.tokens.refresh(id, (await tab.tokens.current(id)).accessToken);
    await tab.disconnect(id);

    tab.recorder.save();
    const trace = traceOf(tab.recorder);
    const creator = { name: 'Content Planner', version: '1' };
    const har = harOf(trace, { words: inspectorExport.har, creator });
    const report = markdownReport(trace, inspectorExport.report);
    const json = jsonTrace(trace);

    expect(harFaults(JSON.parse(JSON.stringify(har)))).toEqual([]);
    const sent = trace.events.filter(({ type }) => type === 'request' || type === 'redirect-out');
    expect(har.log.entries).toHaveLength(sent.length);
    expect(har.log.pages.length).toBeGreaterThanOrEqual(4);
    for (const step of ['token-request', 'par', 'refresh', 'revocation', 'api-call']) {
      expect(report).toContain(`\`${step}\``);
    }
    const imported = importTrace(json);
    expect(imported).toMatchObject({ kind: 'trace', dropped: 0 });
    if (imported.kind === 'trace') {
      expect(imported.trace.events).toEqual(trace.events);
      expect(bodiesOf(imported.trace)).toEqual(bodiesOf(trace));
    }

    // Two access tokens, refresh tokens, ID tokens, a code, a verifier, and a proof for each request: otherwise the search is
    // vacuous.
    expect(secrets.size).toBeGreaterThan(12);
    const everything = [
      JSON.stringify(har),
      report,
      json,
      tab.sessionStorage.getItem('trace'),
      ...copiesOf(trace),
    ].join('\n');
    for (const secret of secrets) expect(everything.includes(secret), `…${secret.slice(-4)}`).toBe(false);
  });
});
