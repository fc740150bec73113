import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chromiumArgs } from '#scripts/chromium-args.mjs';
import { findChromium, findOrInstallChromium, type Machine } from '#scripts/chromium.mjs';

interface Setting extends Partial<Omit<Machine, 'runs' | 'install'>> {
  /** The browsers that start. */
  browsers?: string[];
  /** What each installation method adds. */
  installs?: Partial<Record<'apt' | 'playwright', string>>;
}

function machine({ browsers = [], installs = {}, ...rest }: Setting) {
  const present = new Set(browsers);
  const tried: string[] = [];
  const given: Machine = {
    platform: 'linux',
    env: { PATH: ['/usr/local/bin', '/usr/bin'].join(process.platform === 'win32' ? ';' : ':') },
    isRoot: false,
    runs: (path) => Promise.resolve(present.has(path)),
    playwrightPath: () => Promise.resolve('/cache/playwright/chrome'),
    install: (how) => {
      tried.push(how);
      const added = installs[how];
      if (added) present.add(added);
      return Promise.resolve(added !== undefined);
    },
    say: () => undefined,
    ...rest,
  };
  return { given, tried };
}

describe('finding Chromium', () => {
  const onPath = join('/usr/bin', 'chromium');

  test.for([
    ['on the PATH', [onPath, '/cache/playwright/chrome'], onPath],
    ['Chrome, if there is no Chromium', [join('/usr/bin', 'google-chrome')], join('/usr/bin', 'google-chrome')],
    ['in Playwright’s cache', ['/cache/playwright/chrome'], '/cache/playwright/chrome'],
    ['nowhere', [], null],
  ] as const)('%s', async ([, browsers, expected]) => {
    expect(await findChromium(machine({ browsers: [...browsers] }).given)).toBe(expected);
  });

  test('prefers the CHROMIUM variable', async () => {
    const env = { CHROMIUM: '/opt/mine', PATH: '/usr/bin' };
    expect(await findChromium(machine({ browsers: [onPath, '/opt/mine'], env }).given)).toBe('/opt/mine');
  });

  test('fails if CHROMIUM does not start, instead of trying another', async () => {
    const env = { CHROMIUM: '/opt/gone', PATH: '/usr/bin' };
    await expect(findChromium(machine({ browsers: [onPath], env }).given)).rejects.toThrow('CHROMIUM is /opt/gone');
  });

  test('looks in the standard places of macOS and Windows', async () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(await findChromium(machine({ platform: 'darwin', browsers: [mac] }).given)).toBe(mac);
    const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const env = { PROGRAMFILES: 'C:\\Program Files' };
    expect(await findChromium(machine({ platform: 'win32', env, browsers: [windows] }).given)).toBe(windows);
  });
});

describe('installing Chromium', () => {
  const installed = join('/usr/bin', 'chromium');

  test('does nothing if one is found', async () => {
    const { given, tried } = machine({ browsers: [installed] });
    expect(await findOrInstallChromium(given)).toBe(installed);
    expect(tried).toEqual([]);
  });

  test('uses apt as root on Linux', async () => {
    const { given, tried } = machine({ isRoot: true, installs: { apt: installed } });
    expect(await findOrInstallChromium(given)).toBe(installed);
    expect(tried).toEqual(['apt']);
  });

  test('uses Playwright’s if apt has none', async () => {
    const { given, tried } = machine({ isRoot: true, installs: { playwright: '/cache/playwright/chrome' } });
    expect(await findOrInstallChromium(given)).toBe('/cache/playwright/chrome');
    expect(tried).toEqual(['apt', 'playwright']);
  });

  test('uses only Playwright’s for other users', async () => {
    const { given, tried } = machine({ installs: { playwright: '/cache/playwright/chrome' } });
    expect(await findOrInstallChromium(given)).toBe('/cache/playwright/chrome');
    expect(tried).toEqual(['playwright']);
  });

  test('detects an installation that brought nothing', async () => {
    const { given } = machine({ isRoot: true, installs: { apt: '/somewhere/else', playwright: '/elsewhere' } });
    await expect(findOrInstallChromium(given)).rejects.toThrow('Install the package "chromium"');
  });
});

test('disables Chromium’s sandbox for root only', () => {
  expect(chromiumArgs(0)).toContain('--no-sandbox');
  expect(chromiumArgs(1000)).not.toContain('--no-sandbox');
});
