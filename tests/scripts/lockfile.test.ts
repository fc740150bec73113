import { expect, test } from 'vitest';
import { lockfileFaults } from '#scripts/lockfile.mjs';

const good = {
  '': { hasInstallScript: true },
  'node_modules/vite': {},
  'node_modules/here': { link: true, resolved: 'here' },
};

test('accepts a lock file without URLs and scripts', () => {
  expect(lockfileFaults({ packages: good })).toEqual([]);
});

test('reports a download URL, an install script and a missing platform', () => {
  const packages = {
    ...good,
    'node_modules/a': { resolved: 'https://packages.example/a.tgz' },
    'node_modules/b': { hasInstallScript: true },
    'node_modules/c': { optionalDependencies: { '@c/linux': '1.0.0', '@c/mac': '1.0.0', '@c/own': '1.0.0' } },
    'node_modules/@c/linux': {},
    'node_modules/c/node_modules/@c/own': {},
  };
  expect(lockfileFaults({ packages })).toEqual([
    'node_modules/a names a download address',
    'node_modules/b runs a script when installed',
    'node_modules/c wants @c/mac, which is left out: npm ci will refuse the file',
  ]);
});
