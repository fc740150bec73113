import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installFault, isSupportedNode, root } from '#scripts/ensure-installed.mjs';

test.for([
  ['18.20.0', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['21.7.0', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.11.0', false],
  ['24.0.0', true],
  ['26.1.0', true],
] as const)('Node %s can run the toolchain: %s', ([version, expected]) => {
  expect(isSupportedNode(version)).toBe(expected);
});

describe('the installed packages', () => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/vite': { version: '8.3.8', integrity: 'sha512-a' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true, os: ['darwin'] },
    'node_modules/link': { link: true },
  };
  const installed = { 'node_modules/vite': { version: '8.3.8', integrity: 'sha512-a' } };
  const linux = { platform: 'linux', arch: 'x64' };
  const everything = () => true;

  test('are complete if only other platforms’ packages are missing', () => {
    expect(installFault(locked, installed, everything, linux)).toBeNull();
  });

  test('are missing in a fresh clone, and after an interrupted npm ci', () => {
    expect(installFault(locked, null, everything, linux)).toBe('nothing is installed yet');
  });

  test.for([
    ['another version', { version: '8.3.7', integrity: 'sha512-a' }],
    ['other content of the same version', { version: '8.3.8', integrity: 'sha512-z' }],
  ] as const)('are stale with %s', ([, vite]) => {
    expect(installFault(locked, { 'node_modules/vite': vite }, everything, linux)).toBe('package-lock.json changed');
  });

  test('are stale when a package was added, and when developer packages were left out', () => {
    expect(installFault(locked, {}, everything, linux)).toBe('package-lock.json changed');
  });

  test('are incomplete when a folder is missing', () => {
    const exists = (path: string) => path !== join('node_modules/vite', 'package.json');
    expect(installFault(locked, installed, exists, linux)).toBe('it was interrupted');
  });

  test('are unusable when copied from another machine', () => {
    const fromMac = { ...installed, 'node_modules/fsevents': locked['node_modules/fsevents'] };
    expect(installFault(locked, fromMac, everything, linux)).toBe('it was done on another machine');
    expect(installFault(locked, fromMac, everything, { platform: 'darwin', arch: 'arm64' })).toBeNull();
  });

  test('may exclude a platform', () => {
    const notWindows = { ...installed, 'node_modules/unix': { version: '1.0.0', os: ['!win32'] } };
    expect(installFault(locked, notWindows, everything, linux)).toBeNull();
    expect(installFault(locked, notWindows, everything, { platform: 'win32', arch: 'x64' })).not.toBeNull();
  });

  test('are complete in this very run', () => {
    const packages = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
    const fault = installFault(
      packages('package-lock.json'),
      packages('node_modules/.package-lock.json'),
      everything,
      process,
    );
    expect(fault).toBeNull();
  });
});
