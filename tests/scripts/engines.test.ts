import { describe, expect, test } from 'vitest';

import { findOrInstallEngines, type Machine } from '#scripts/engines.mjs';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const WEBKIT = ['/usr/bin/WebKitWebDriver', MINI_BROWSER, '/usr/bin/Xvfb', '/usr/bin/import'];
const EVERYTHING = ['/usr/bin/firefox-esr', ...WEBKIT];

/** The files of Debian's packages. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'firefox-esr': ['/usr/bin/firefox-esr'],
  'webkit2gtk-driver': ['/usr/bin/WebKitWebDriver', MINI_BROWSER],
  xvfb: ['/usr/bin/Xvfb'],
  imagemagick: ['/usr/bin/import'],
};

interface Setting extends Partial<Omit<Machine, 'isAvailable' | 'install'>> {
  present?: readonly string[];
  /** Packages that apt does not have. */
  lacking?: readonly string[];
}

function machine({ present = [], lacking = [], ...rest }: Setting) {
  const there = new Set(present);
  const said: string[] = [];
  const installed: string[] = [];
  const given: Machine = {
    platform: 'linux',
    env: { PATH: '/usr/bin' },
    isRoot: false,
    isAvailable: (path) => there.has(path),
    install: (name) => {
      installed.push(name);
      if (lacking.includes(name)) return Promise.resolve(false);
      for (const path of PACKAGES[name] ?? []) there.add(path);
      return Promise.resolve(true);
    },
    say: (line) => said.push(line),
    ...rest,
  };
  return { given, said, installed };
}

const FOUND = {
  firefox: '/usr/bin/firefox-esr',
  webkit: { driver: WEBKIT[0], miniBrowser: MINI_BROWSER, xvfb: '/usr/bin/Xvfb', import: '/usr/bin/import' },
};

describe('finding Firefox and WebKit', () => {
  test('uses what is installed, and prints nothing', async () => {
    const { given, said, installed } = machine({ present: EVERYTHING, isRoot: true });
    expect(await findOrInstallEngines(given)).toEqual(FOUND);
    expect([...said, ...installed]).toEqual([]);
  });

  test('installs what is missing as root on Linux, each package once', async () => {
    const { given, installed } = machine({ isRoot: true });
    expect(await findOrInstallEngines(given)).toEqual(FOUND);
    expect(installed).toEqual(['firefox-esr', 'webkit2gtk-driver', 'xvfb', 'imagemagick']);
  });

  test('uses the program that the variable names, and no other if it does not run', async () => {
    const env = { PATH: '/usr/bin', FIREFOX: '/opt/firefox' };
    const present = [...EVERYTHING, '/opt/firefox'];
    expect(await findOrInstallEngines(machine({ present, env }).given)).toMatchObject({ firefox: '/opt/firefox' });
    await expect(findOrInstallEngines(machine({ present: EVERYTHING, env }).given)).rejects.toThrow(
      'FIREFOX is /opt/firefox',
    );
  });

  test('names what is missing, and continues with the rest', async () => {
    const { given, said, installed } = machine({ present: EVERYTHING.filter((path) => path !== '/usr/bin/Xvfb') });
    expect(await findOrInstallEngines(given)).toEqual({ ...FOUND, webkit: null });
    expect(said.join()).toMatch(/SKIPPED.*Xvfb \(or set XVFB to its path\).*in: xvfb\./);
    expect(installed).toEqual([]);
  });

  test('fails in continuous integration if an engine is unavailable', async () => {
    const env = { PATH: '/usr/bin', CI: 'true' };
    await expect(findOrInstallEngines(machine({ present: WEBKIT, env }).given)).rejects.toThrow('firefox-esr');
    const { given } = machine({ present: ['/usr/bin/firefox-esr'], env, isRoot: true, lacking: ['webkit2gtk-driver'] });
    await expect(findOrInstallEngines(given)).rejects.toThrow(/WebKitWebDriver.*MiniBrowser/);
  });
});
