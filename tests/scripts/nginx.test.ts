import { describe, expect, test } from 'vitest';

import { obtainNginx, type Machine } from '#scripts/nginx.mjs';

interface Setting extends Partial<Omit<Machine, 'runs' | 'install'>> {
  present?: string[];
  /** What the installation adds. */
  brings?: string;
}

function machine({ present = [], brings, ...rest }: Setting) {
  const there = new Set(present);
  const said: string[] = [];
  const given: Machine = {
    platform: 'linux',
    env: { PATH: '/usr/bin' },
    isRoot: false,
    runs: (path) => Promise.resolve(there.has(path)),
    install: () => {
      if (brings !== undefined) there.add(brings);
      return Promise.resolve(brings !== undefined);
    },
    say: (line) => said.push(line),
    ...rest,
  };
  return { given, said };
}

describe('installing nginx', () => {
  test('uses an existing one, also where only services are installed', async () => {
    expect(await obtainNginx(machine({ present: ['/usr/sbin/nginx'] }).given)).toBe('/usr/sbin/nginx');
    expect(await obtainNginx(machine({ env: { NGINX: '/opt/nginx' } }).given)).toBe('/opt/nginx');
  });

  test('installs it as root', async () => {
    expect(await obtainNginx(machine({ isRoot: true, brings: '/usr/sbin/nginx' }).given)).toBe('/usr/sbin/nginx');
  });

  test('says that it is unavailable, and fails in continuous integration', async () => {
    const { given, said } = machine({});
    expect(await obtainNginx(given)).toBeNull();
    expect(said.join()).toContain('SKIPPED');
    await expect(obtainNginx(machine({ env: { CI: 'true' } }).given)).rejects.toThrow('nginx');
    await expect(obtainNginx(machine({ isRoot: true, env: { CI: 'true' } }).given)).rejects.toThrow('nginx');
  });
});
