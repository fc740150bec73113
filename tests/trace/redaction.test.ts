/** Secrets in every position, recorded by the app's own fetch, then stored, exported and copied. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { omitUndefined } from '#lib/omit-undefined.ts';
import { inspectorExport } from '#messages/en/inspector-export.ts';
import type { Trace, TraceTag } from '#trace/event.ts';
import { asCurl } from '#trace/export/as-curl.ts';
import { asFetch } from '#trace/export/as-fetch.ts';
import { harOf } from '#trace/export/har.ts';
import { jsonTrace } from '#trace/export/json-trace.ts';
import { markdownReport } from '#trace/export/markdown-report.ts';
import { importTrace } from '#trace/import-trace.ts';
import { forgetSecrets } from '#trace/secret-registry.ts';
import { maskParameters, maskText, maskUrl } from '#trace/mask.ts';
import { createRecorder, traceOf } from '#trace/recorder.ts';
import { tracedFetch } from '#trace/traced-fetch.ts';
import { MemoryStorage } from '#tests/support/memory-storage.ts';

const TAG: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** A request and its response. */
interface Crossing {
  url?: string;
  headers?: HeadersInit;
  body?: string | URLSearchParams;
  answer?: Response;
}

/** Everything that is stored and exported of a recording, as one text, on a page that knows no secrets from before. */
async function everythingOf(crossing: Crossing, redirect?: string): Promise<string> {
  forgetSecrets();
  const storage = new MemoryStorage();
  const recorder = createRecorder(() => 5, { storage });
  const { url = 'https://as.example/token', headers, body, answer = new Response() } = crossing;
  const http = async () => ({ response: answer, body: new Uint8Array(await answer.clone().arrayBuffer()) });
  await tracedFetch(
    http,
    recorder,
    TAG,
    'token-request',
    () => 5,
  )(url, omitUndefined({ method: 'POST', headers, body }));
  if (redirect !== undefined) {
    const parameters = maskParameters(new URL(redirect).searchParams);
    recorder.record(TAG, { type: 'redirect-out', url: maskUrl(redirect), parameters });
    recorder.record(TAG, { type: 'redirect-back', url: maskUrl(redirect), parameters });
  }
  recorder.save();
  const trace = traceOf(recorder);
  const exported = exportsOf(trace);
  const imported = importTrace(jsonTrace(trace));
  if (imported.kind === 'rejected') throw new Error(imported.why);
  expect(imported.trace.events).toEqual(trace.events);
  return [JSON.stringify(trace.events), storage.getItem('trace'), ...exported, ...exportsOf(imported.trace)].join('\n');
}

function exportsOf(trace: Trace): string[] {
  const copied = trace.events.flatMap((event) =>
    event.type === 'request' ? [asCurl(event, trace.bodyOf(event.id)), asFetch(event, trace.bodyOf(event.id))] : [],
  );
  const bodies = trace.events.map(({ id }) => JSON.stringify(trace.bodyOf(id) ?? null));
  const har = harOf(trace, { words: inspectorExport.har, creator: { name: 'Content Planner', version: '1' } });
  return [...copied, ...bodies, JSON.stringify(har), markdownReport(trace, inspectorExport.report), jsonTrace(trace)];
}

/** Realistic secrets with letters that nothing else here contains: RFC 6749 §A allows any printable ASCII. */
const secret = fc.stringMatching(/^[\w~+/-][\w.~+/-]{3,75}Q9z[\w~+/-]$/);
const segment = fc.stringMatching(/^[\w-]{5,60}Q9z$/);
const jwt = fc
  .tuple(fc.constantFrom('{"alg":"none"}', '{ "alg": "ES256", "typ": "dpop+jwt" }'), segment, segment)
  .map(([header, claims, signature]) => `${Buffer.from(header).toString('base64url')}.${claims}.${signature}`);

const MEMBERS = [
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token',
  'code',
  'code_verifier',
  'client_secret',
  'client_assertion',
  'registration_access_token',
  'assertion',
  'password',
  'api_key',
  'subject_token',
  'device_code',
];
/** Member names that APIs use for their secrets. */
const API_MEMBERS = [
  ...MEMBERS,
  'accessToken',
  'refreshToken',
  'clientSecret',
  'apiKey',
  'page_token',
  'private_key',
  'api-key',
  'access_key',
  'secret_key',
  'tokens',
  'secrets',
  'session_id',
  'sessionId',
  'passphrase',
];
const HEADERS = [
  'authorization',
  'dpop',
  'cookie',
  'proxy-authorization',
  'x-api-key',
  'x-auth-token',
  'x-amz-security-token',
  'x-access-token',
  'private-token',
  'x-goog-signature',
  'x-session-id',
  'x-csrf',
  'x-set-cookie',
];
const SCHEMES = ['', 'Bearer ', 'DPoP ', 'Basic ', 'bearer ', 'token '];

/** Names the secret that is still there, but not in full in the test's own output. */
function expectHidden(everything: string, ...secrets: string[]): void {
  for (const one of secrets) {
    const places = [one, encodeURIComponent(one), JSON.stringify(one).slice(1, -1)].map((form) =>
      everything.indexOf(form),
    );
    expect(Math.max(...places), everything.slice(Math.max(0, Math.max(...places) - 60)).slice(0, 160)).toBe(-1);
  }
}

const wrapped = (name: string, value: string, depth: number): unknown =>
  depth === 0 ? { [name]: value } : { list: [1, { [`level-${depth}`]: wrapped(name, value, depth - 1) }] };

describe('no secret of 8 or more characters is recorded, stored over a redirect, or exported', () => {
  test('as a parameter of a query or a redirect, by its name only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MEMBERS), secret, fc.boolean(), async (name, value, isUpper) => {
        const pair = new URLSearchParams({ [isUpper ? name.toUpperCase() : name]: value, state: 'xyz' });
        const url = `https://as.example/x?${pair}#${pair}`;
        expectHidden(await everythingOf({ url, headers: { location: url } }, url), value);
        expectHidden(await everythingOf({ answer: new Response(null, { headers: { location: url } }) }), value);
      }),
    );
  });

  test('as a field of a form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MEMBERS), secret, fc.boolean(), async (name, value, isUpper) => {
        const form = new URLSearchParams({ [isUpper ? name.toUpperCase() : name]: value, state: 'xyz' });
        expectHidden(await everythingOf({ body: form }), value);
        // No secrets are learned from a form in a text body.
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        expectHidden(await everythingOf({ body: form.toString(), headers }), value);
      }),
    );
  });

  test('when the response repeats a token of the request or its own, in a sentence, a path, a name or a header', async () => {
    const token = fc.stringMatching(/^[\w.~+/-]{16,60}Q9z[\w-]={0,2}$/);
    await fc.assert(
      fc.asyncProperty(token, token, fc.boolean(), async (sent, given, isForm) => {
        const body = JSON.stringify({
          note: `the token ${sent} is not ${given}`,
          list: [[{ echo: sent }]],
          [sent]: given,
          access_token: given,
        });
        const answerHeaders = {
          ...JSON_TYPE,
          location: `https://api.example/sessions/${encodeURIComponent(given)}`,
          'www-authenticate': `Bearer realm="${sent}", error_description="no ${sent}"`,
          'x-echo': sent,
          link: `<https://api.example/?${new URLSearchParams({ t: given })}>; rel="next", <https://api.example/${given}>`,
        };
        const everything = await everythingOf({
          ...(isForm
            ? { body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: sent }) }
            : { headers: { authorization: `Bearer ${sent}` } }),
          answer: new Response(body, { status: 400, headers: answerHeaders }),
        });
        expectHidden(everything, sent, given);
      }),
    );
  });

  test('as a member of JSON, at any depth, in a list, an object or as a number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...API_MEMBERS), secret, fc.nat(6), async (name, value, depth) => {
        const body = JSON.stringify([
          wrapped(name, value, depth),
          { [name]: [value, { value }] },
          { [name]: 1234567890123 },
          { note: JSON.stringify({ [name]: value }) },
        ]);
        const everything = await everythingOf({
          body,
          headers: JSON_TYPE,
          answer: new Response(body, { headers: JSON_TYPE }),
        });
        expectHidden(everything, value, '1234567890123');
      }),
    );
  });

  test('in a header, with or without a scheme, of one word or two', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...HEADERS),
        fc.constantFrom(...SCHEMES),
        secret,
        secret,
        async (name, scheme, one, two) => {
          const answer = new Response('', { headers: name === 'cookie' ? {} : { [name]: `${scheme}${one}` } });
          const everything = await everythingOf({ headers: { [name]: `${scheme}${one} ${two}` }, answer });
          expectHidden(everything, one, two);
        },
      ),
    );
  });

  test('as a JWT, in any position', async () => {
    await fc.assert(
      fc.asyncProperty(
        jwt,
        fc.stringMatching(/^[a-z]{1,12}$/),
        fc.constantFrom('', 'see ', '_', 'v1.', '"', 'a.b.c.'),
        async (token, name, before) => {
          const value = `${before}${token} and so on`;
          const url = `https://as.example/${before === '"' ? '' : before}${token}?${new URLSearchParams({ [name]: value })}`;
          const json = JSON.stringify({ [name]: [value], also: { [name]: token } });
          const everything = await everythingOf(
            { url, body: json, headers: { ...JSON_TYPE, [`x-${name}`]: value } },
            url,
          );
          expectHidden(everything, ...token.split('.').slice(1), token);
        },
      ),
    );
  });

  test('in a server’s error: a challenge, a description, a URL', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MEMBERS), secret, async (name, value) => {
        const nested = `https://app.example/callback?${new URLSearchParams({ [name]: value })}`;
        const challenge = `Bearer error="invalid_token", error_description="${name}=${value}", ${name}="${value}"`;
        const json = JSON.stringify({
          error: 'invalid_grant',
          error_description: `${name}=${value} is over`,
          error_uri: nested,
        });
        const url = `https://as.example/authorize?${new URLSearchParams({ redirect_uri: nested })}`;
        const answer = new Response(json, { status: 400, headers: { ...JSON_TYPE, 'www-authenticate': challenge } });
        expectHidden(await everythingOf({ url, answer }, url), value);
      }),
    );
  });

  test('when a server repeats the credentials that it was sent', () => {
    const token = fc.stringMatching(/^[\w.~+/-]{13,40}Q9z={0,2}$/);
    fc.assert(
      fc.property(
        token,
        fc.constantFrom('Bearer', 'DPoP', 'Basic'),
        fc.constantFrom('', '"', ', and more'),
        (value, scheme, after) => {
          expectHidden(maskText(`"you sent ${scheme} ${value}${after}`), value);
        },
      ),
    );
  });

  test('in a body of an unknown type or with invalid syntax', async () => {
    await fc.assert(
      fc.asyncProperty(
        secret,
        fc.constantFrom('text/html', 'text/plain', 'application/json', 'multipart/form-data'),
        async (value, type) => {
          const body = `{"access_token": "${value}`;
          const headers = { 'content-type': type };
          expectHidden(await everythingOf({ body, headers, answer: new Response(body, { headers }) }), value);
        },
      ),
    );
  });
});

describe('values that are not secret stay readable', () => {
  // Each can be used once, in the browser that made it: RFC 6749 §10.12, OpenID Connect Core §3.1.2.1, RFC 7636 §4.2, RFC 9449
  // §8.
  test('state, nonce, challenge, DPoP nonce, client id, and URLs as written', async () => {
    const url =
      'https://as.example/authorize?client_id=abc&state=a-state-of-24-characters&nonce=a-nonce-of-24-characters&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&x';
    expect(maskUrl(url)).toBe(url);
    const everything = await everythingOf({ headers: { 'dpop-nonce': 'a-nonce-of-24-characters' } }, url);
    expect(everything).toContain('a-state-of-24-characters');
    expect(everything).toContain('https%3A%2F%2Fapp.example%2Fcallback');
  });

  test.for([
    'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource", error="invalid_token"',
    'DPoP algs="ES256 PS256", error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"',
    'Bearer authentication is required at accounts.google.example.org',
    'status_code=404&error_code=17',
    'token_type=Bearer',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  test('server metadata is unchanged', async () => {
    const said = {
      issuer: 'https://as.example',
      token_endpoint: 'https://as.example/token',
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
      dpop_signing_alg_values_supported: ['ES256'],
      response_types_supported: ['code', 'code id_token'],
    };
    const json = JSON.stringify(said, undefined, 2);
    expect(await everythingOf({ answer: new Response(json, { headers: JSON_TYPE }) })).toContain(json);
  });
});

// With a quadratic pattern this test would take minutes and not end.
test.for([
  'eyJ',
  'eyJ.',
  'eyJ_',
  '.',
  'a',
  'token=',
  'token"',
  'password":"',
  'code=••••••',
  'Bearer ',
  'Bearer a',
  '•',
  '"',
])('a hostile text is masked as fast as any other: %s repeated', (part) => {
  const long = part.repeat(2 ** 20 / part.length);
  expect(maskText(`${long} access_token=canary-of-mine`)).not.toContain('canary-of-mine');
});
