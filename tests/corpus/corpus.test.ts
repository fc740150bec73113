/** Documents in the shapes that real servers send, read by the app's own functions: one JSON file and one runner for each kind. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { readEntries, type Entry } from './entry.ts';
import { PENDING } from './pending.ts';
import { runCallback } from './run/callbacks.ts';
import { runChallenge } from './run/challenges.ts';
import { runIdToken, runJwks } from './run/id-tokens.ts';
import { runParResponse } from './run/par-responses.ts';
import { runRefreshResponse } from './run/refresh-responses.ts';
import { runRegistrationResponse } from './run/registration-responses.ts';
import { runResourceMetadata } from './run/resource-metadata.ts';
import { runRevocationResponse } from './run/revocation-responses.ts';
import { runServerMetadata } from './run/server-metadata.ts';
import { runTokenResponse } from './run/token-responses.ts';
import { runUserInfo } from './run/userinfo.ts';

const KINDS = [
  casesOf('server-metadata', runServerMetadata),
  casesOf('resource-metadata', runResourceMetadata),
  casesOf('challenges', runChallenge),
  casesOf('registration-responses', runRegistrationResponse),
  casesOf('par-responses', runParResponse),
  casesOf('callbacks', runCallback),
  casesOf('token-responses', runTokenResponse),
  casesOf('id-tokens', runIdToken),
  casesOf('jwks', runJwks),
  casesOf('userinfo', runUserInfo),
  casesOf('refresh-responses', runRefreshResponse),
  casesOf('revocation-responses', runRevocationResponse),
];

/** Reads the file of a kind, and pairs each document with its runner. */
function casesOf<T extends Entry>(kind: string, run: (entry: T) => Promise<object>) {
  const cases = readEntries<T>(kind).map((entry) => ({ entry, outcome: (): Promise<object> => run(entry) }));
  return { kind, cases };
}

describe.each(KINDS)('$kind', ({ cases }) => {
  for (const { entry, outcome } of cases) {
    const testAs = PENDING.has(entry.id) ? test.fails : test;
    testAs(`${entry.id}: ${entry.habit}`, async () => expect(await outcome()).toEqual(entry.expected));
  }
});

describe('the corpus', () => {
  const ids = KINDS.flatMap(({ cases }) => cases.map(({ entry }) => entry.id));
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.json'));

  test('has a runner for each file', () => {
    expect(KINDS.map(({ kind }) => `${kind}.json`).toSorted()).toEqual(files.toSorted());
  });

  test('has an id of its own for each document, and at least 140 documents', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.length).toBeGreaterThanOrEqual(140);
    expect([...PENDING].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test.each(files)('%s names no real host outside of its sources', (file) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(/"source": "[^"]*"/g, '');
    const hosts = [...text.matchAll(/https?:\/\/(?:[^/"\s@]*@)?([a-z\d.-]+)/gi)].map((match) => match[1] ?? '');
    expect(hosts.filter((host) => !/(?:^|\.)(?:example|example\.com|localhost|127\.0\.0\.1)$/i.test(host))).toEqual([]);
  });

  test('has each document that the page on compatibility names', () => {
    const named = readFileSync('docs/compatibility.md', 'utf8').matchAll(/corpus: ((?:`[\w*-]+`(?:, )?)+)/g);
    const patterns = [...named].flatMap((match) => (match[1] ?? '').match(/[\w*-]+/g) ?? []);
    expect(patterns.length).toBeGreaterThan(30);
    const isMissing = (pattern: string): boolean =>
      !ids.some((id) => new RegExp(`^${pattern.replace('*', '.*')}$`).test(id));
    expect(patterns.filter(isMissing)).toEqual([]);
  });
});
