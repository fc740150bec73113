import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { isClientDocument } from '#oauth/client-document.ts';
import { deploymentUrlProblem } from '#scripts/client-metadata.mjs';
import { configure } from '#scripts/configure.mjs';

const AT = 'https://planner.example/team/';
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="application-name" content="Content Planner" />
    <title>Content Planner</title>
    <script type="module" crossorigin src="/assets/index-1.js"></script>
  </head>
</html>
`;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configure-'));
  writeFileSync(join(folder, 'index.html'), PAGE);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const written = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'client-metadata.json'), 'utf8')) as Record<string, unknown>;

const page = (): string => readFileSync(join(folder, 'index.html'), 'utf8');
const contents = (): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }): [string, string] => [name, readFileSync(join(parentPath, name), 'utf8')])
    .toSorted(([one], [other]) => one.localeCompare(other));

describe('npm run configure', () => {
  test('REG-4: writes a metadata document with its own URL, exact redirect URIs, and no secret, under 5 KB', () => {
    configure(folder, { url: AT });
    const document = written();
    expect(document).toMatchObject({
      client_id: `${AT}client-metadata.json`,
      redirect_uris: [`${AT}callback`],
      token_endpoint_auth_method: 'none',
    });
    expect(Object.keys(document).filter((name) => name.includes('secret'))).toEqual([]);
    expect(readFileSync(join(folder, 'client-metadata.json')).length).toBeLessThan(5 * 1024);
    // A client that promises to use only bound tokens but cannot would get none (RFC 9449 §5.2).
    expect(document).not.toHaveProperty('dpop_bound_access_tokens');
    // Read by the app's own validation of its document.
    expect(isClientDocument(document, `${AT}client-metadata.json`, `${AT}callback`)).toBe(true);
  });

  test('REG-3: the URL is https with a path, without query, fragment, user name or dot segments', () => {
    expect(deploymentUrlProblem(AT)).toBeNull();
    expect(deploymentUrlProblem('https://planner.example/')).toBeNull();
    for (const address of [
      'planner.example',
      'http://planner.example/',
      'https://ada@planner.example/',
      'https://planner.example/?x=1',
      'https://planner.example/#x',
      'https://planner.example/team',
      'https://planner.example/a/../b/',
      'https://planner.example/%2e%2e/b/',
      'https://planner.example/a b/',
      // The page would load its scripts from the host "evil.example".
      'https://planner.example//evil.example/',
      'http://localhost.evil.example/',
    ]) {
      expect([address, deploymentUrlProblem(address)]).not.toEqual([address, null]);
      expect(() => configure(folder, { url: address })).toThrow('--url');
    }
  });

  test('REG-4: normalizes a typed URL as browsers do', () => {
    const said = configure(folder, { url: 'HTTPS://BÜCHER.example:443/Team/' }).join('\n');
    expect(said).toContain('https://xn--bcher-kva.example/Team/client-metadata.json');
    expect(said).not.toContain(':443');
  });

  test('M-18: the page refers to its files below its path, and again after the path changes', () => {
    configure(folder, { url: AT });
    expect(page()).toContain('src="/team/assets/index-1.js"');
    configure(folder, { url: AT });
    expect(page()).toContain('src="/team/assets/index-1.js"');
    configure(folder, { url: 'https://planner.example/' });
    expect(page()).toContain('src="/assets/index-1.js"');
    expect(page()).not.toContain('<base');
    // Nothing of the earlier URL remains.
    expect(contents().filter(([, text]) => text.includes('team'))).toEqual([]);
  });

  test('a second run changes nothing', () => {
    const choices = { url: AT, name: 'Town & "Country"', policy: 'locked' };
    configure(folder, choices);
    const once = contents();
    configure(folder, choices);
    expect(contents()).toEqual(once);
  });

  test('PAGE-1: the page contains the policy once, before everything that it governs', () => {
    configure(folder, { url: AT });
    configure(folder, { url: AT });
    const [before, ...after] = page().split(
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';',
    );
    expect(after).toHaveLength(1);
    expect(before).not.toMatch(/<script|<link|<title/);
    expect(after[0]).not.toContain('frame-ancestors');
  });

  test('M-18: the app has the deployer’s name, in the page and in the metadata for servers', () => {
    configure(folder, { url: AT, name: 'Town & "Country"' });
    expect(page()).toContain('<title>Town &amp; "Country"</title>');
    expect(page()).toContain('<meta name="application-name" content="Town &amp; &quot;Country&quot;" />');
    expect(written()).toMatchObject({ client_name: 'Town & "Country"' });
    configure(folder, { url: AT });
    expect(page()).toContain('<title>Content Planner</title>');
  });

  test('M-18: the installed app has that name too, and browsers that cached the app fetch what changed', () => {
    writeFileSync(
      join(folder, 'manifest.webmanifest'),
      '{ "name": "Content Planner", "short_name": "Planner", "id": "./" }',
    );
    configure(folder, { url: AT });
    const before = readFileSync(join(folder, 'precache.js'), 'utf8');
    configure(folder, { url: AT, name: 'Town Planner' });
    expect(JSON.parse(readFileSync(join(folder, 'manifest.webmanifest'), 'utf8'))).toEqual({
      name: 'Town Planner',
      short_name: 'Town Planner',
      id: './',
    });
    const revisions = (text: string) =>
      new Map((JSON.parse(text.slice(text.indexOf('{'), -2)) as { files: [string, string][] }).files);
    const [old, now] = [revisions(before), revisions(readFileSync(join(folder, 'precache.js'), 'utf8'))];
    expect([...now.keys()]).toEqual(['index.html', 'manifest.webmanifest']);
    for (const [path, revision] of now) expect(revision).not.toBe(old.get(path));
  });

  test('a locked deployment offers no "Add a service"; a services.json without changes is left unchanged', () => {
    const mine = '{ "birdsong": true,\n "addService": true, "services": [] }\n';
    writeFileSync(join(folder, 'services.json'), mine);
    configure(folder, { url: AT });
    expect(readFileSync(join(folder, 'services.json'), 'utf8')).toBe(mine);
    configure(folder, { url: AT, policy: 'locked' });
    expect(JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8'))).toMatchObject({ addService: false });
  });

  test('the worker does not load Birdsong if services.json turns it off', () => {
    configure(folder, { url: AT });
    expect(readFileSync(join(folder, 'deployment.js'), 'utf8')).toContain('birdsong: true');
    writeFileSync(join(folder, 'services.json'), '{ "birdsong": false }');
    configure(folder, { url: AT });
    expect(readFileSync(join(folder, 'deployment.js'), 'utf8')).toContain('birdsong: false');
  });

  test('reports what an open policy gives up', () => {
    expect(configure(folder, { url: AT }).join('\n')).toContain('What this gives up');
    expect(configure(folder, { url: AT, policy: 'locked' }).join('\n')).not.toContain('What this gives up');
  });

  test('a locked policy stays in services.json and is reported, also when the policy is opened again', () => {
    expect(configure(folder, { url: AT, policy: 'locked' }).join('\n')).toContain('now stands in services.json');
    expect(configure(folder, { url: AT, policy: 'open' }).join('\n')).toContain('is not offered all the same');
  });

  test('an app on loopback has no metadata document, because no server could fetch it', () => {
    configure(folder, { url: AT });
    configure(folder, { url: 'http://localhost:8080/' });
    expect(existsSync(join(folder, 'client-metadata.json'))).toBe(false);
  });

  test('security.txt has a contact, and expires within a year (RFC 9116)', () => {
    configure(folder, { url: 'https://planner.example/', contact: 'mailto:safe@planner.example' });
    const text = readFileSync(join(folder, '.well-known/security.txt'), 'utf8');
    expect(text).toContain('Contact: mailto:safe@planner.example\n');
    expect(text).toContain('Canonical: https://planner.example/.well-known/security.txt\n');
    const days = (Date.parse(/Expires: (.+)/.exec(text)?.[1] ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(360);
    expect(days).toBeLessThan(365);
    expect(() => configure(folder, { url: AT, contact: 'safe@planner.example' })).toThrow('--security-contact');
  });

  test('an invalid option writes nothing', () => {
    writeFileSync(join(folder, 'services.json'), '{ "services": [');
    const before = contents();
    expect(() => configure(folder, { url: AT })).toThrow('services.json is not JSON');
    expect(() => configure(folder, { url: AT, servicesFile: join(folder, 'index.html') })).toThrow('not JSON');
    writeFileSync(join(folder, 'index.html'), '<!doctype html><p>something else</p>');
    writeFileSync(join(folder, 'services.json'), '{}');
    expect(() => configure(folder, { url: AT })).toThrow('npm run build');
    expect(contents().map(([name]) => name)).toEqual(before.map(([name]) => name));
  });

  test('a folder without a build is left unchanged', () => {
    rmSync(join(folder, 'index.html'));
    expect(() => configure(folder, { url: AT })).toThrow('npm run build');
  });
});

describe('the app accepts its own document', () => {
  const document = {
    client_id: `${AT}client-metadata.json`,
    redirect_uris: [`${AT}callback`],
    token_endpoint_auth_method: 'none',
  };
  const isOurs = (changes: Record<string, unknown>) =>
    isClientDocument({ ...document, ...changes }, `${AT}client-metadata.json`, `${AT}callback`);

  test('REG-4: but not one for another URL, without the redirect URI, or with a secret', () => {
    expect(isOurs({})).toBe(true);
    expect(isOurs({ client_id: 'https://elsewhere.example/client-metadata.json' })).toBe(false);
    expect(isOurs({ redirect_uris: [`${AT}callback/other`] })).toBe(false);
    expect(isOurs({ redirect_uris: `${AT}callback` })).toBe(false);
    expect(isOurs({ token_endpoint_auth_method: 'client_secret_basic' })).toBe(false);
    expect(isOurs({ client_secret: 'x' })).toBe(false);
    expect(isOurs({ client_secret_expires_at: 0 })).toBe(false);
  });
});
