import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { isClientDocument } from '#oauth/client-document.ts';
import { deploymentAddressFault } from '#scripts/client-metadata.mjs';
import { configure } from '#scripts/configure.mjs';

const AT = 'https://planner.example/team/';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configure-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const written = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'client-metadata.json'), 'utf8')) as Record<string, unknown>;

describe('npm run configure', () => {
  test('REG-4: writes a description that names its own address, exact redirect URIs, and no secret, under 5 KB', () => {
    configure(folder, AT);
    const document = written();
    expect(document).toMatchObject({
      client_id: `${AT}client-metadata.json`,
      redirect_uris: [`${AT}callback`],
      token_endpoint_auth_method: 'none',
    });
    expect(Object.keys(document).filter((name) => name.includes('secret'))).toEqual([]);
    expect(readFileSync(join(folder, 'client-metadata.json')).length).toBeLessThan(5 * 1024);
    // Who can't keep the promise to use bound tokens alone would get none (RFC 9449 §5.2).
    expect(document).not.toHaveProperty('dpop_bound_access_tokens');
    // What the app itself will take for its document.
    expect(isClientDocument(document, `${AT}client-metadata.json`, `${AT}callback`)).toBe(true);
  });

  test('REG-3: the address is https with a path, without query, fragment, user name or dot segments', () => {
    expect(deploymentAddressFault(AT)).toBeNull();
    expect(deploymentAddressFault('https://planner.example/')).toBeNull();
    for (const address of [
      'planner.example',
      'http://planner.example/',
      'https://ada@planner.example/',
      'https://planner.example/?x=1',
      'https://planner.example/#x',
      'https://planner.example/team',
      'https://planner.example/a/../b/',
      'https://planner.example/%2e%2e/b/',
    ]) {
      expect([address, deploymentAddressFault(address)]).not.toEqual([address, null]);
      expect(() => configure(folder, address)).toThrow('--url');
    }
  });

  test('a folder that is no build is left alone', () => {
    rmSync(join(folder, 'index.html'));
    expect(() => configure(folder, AT)).toThrow('npm run build');
  });
});

describe('the app takes its document for what it is', () => {
  const document = {
    client_id: `${AT}client-metadata.json`,
    redirect_uris: [`${AT}callback`],
    token_endpoint_auth_method: 'none',
  };
  const isOurs = (changes: Record<string, unknown>) =>
    isClientDocument({ ...document, ...changes }, `${AT}client-metadata.json`, `${AT}callback`);

  test('REG-4: not where it is of another address, lacks the redirect URI, or has a secret', () => {
    expect(isOurs({})).toBe(true);
    expect(isOurs({ client_id: 'https://elsewhere.example/client-metadata.json' })).toBe(false);
    expect(isOurs({ redirect_uris: [`${AT}callback/other`] })).toBe(false);
    expect(isOurs({ redirect_uris: `${AT}callback` })).toBe(false);
    expect(isOurs({ token_endpoint_auth_method: 'client_secret_basic' })).toBe(false);
    expect(isOurs({ client_secret: 'x' })).toBe(false);
    expect(isOurs({ client_secret_expires_at: 0 })).toBe(false);
  });
});
