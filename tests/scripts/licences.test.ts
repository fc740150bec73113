import { expect, test } from 'vitest';

import { doubtfulLicences, licenceRows, licenceTable } from '#scripts/licence-list.mjs';
import { shippedLicences } from '#scripts/licences.mjs';

const packages = {
  '': { version: '0.1.0', license: 'MIT' },
  'node_modules/@scope/tool': { version: '1.0.0', license: 'MPL-2.0', dev: true },
  'node_modules/library': { version: '2.0.0', license: 'MIT' },
  'node_modules/tool/node_modules/library': { version: '2.0.0', license: 'MIT', dev: true },
  'node_modules/choice': { version: '3.0.0', license: '(GPL-3.0 OR MIT)', dev: true },
  'node_modules/linked': { link: true },
};

test('lists what ships first, each version once', () => {
  const rows = licenceRows(packages);
  expect(rows.map(({ name, ships }) => [name, ships])).toEqual([
    ['library', true],
    ['@scope/tool', false],
    ['choice', false],
  ]);
  expect(doubtfulLicences(rows)).toEqual([]);
  expect(licenceTable(rows)).toMatch(/library 2\.0\.0 +MIT\nBuilds/);
});

test('reports an unknown licence, a restrictive one, and one for tools in a package that ships', () => {
  const doubtful = doubtfulLicences(
    licenceRows({
      ...packages,
      'node_modules/nameless': { version: '1.0.0' },
      'node_modules/viral': { version: '1.0.0', license: 'AGPL-3.0-only', dev: true },
      'node_modules/shipped': { version: '1.0.0', license: 'MPL-2.0' },
    }),
  );
  expect(doubtful.map(({ name }) => name)).toEqual(['nameless', 'shipped', 'viral']);
});

test('puts the licence text of every package that ships beside the app', () => {
  const texts = shippedLicences();
  for (const name of ['react', 'oauth4webapi', '@cloudflare/workers-oauth-provider'])
    expect(texts).toContain(`\n${name} `);
});
