import { describe, expect, test } from 'vitest';

import { deploymentOf } from '#scripts/deployment.mjs';
import { metaPolicy } from '#scripts/hosting.mjs';

const url = 'https://planner.example/';
const NOTICES = {
  id: 'notices',
  name: 'Notices',
  resource: 'https://api.notices.example/v1',
  issuer: 'https://login.notices.example/tenant',
};
const connectOf = (csp: string): string => /connect-src ([^;]+)/.exec(csp)?.[1] ?? '';

describe('PAGE-2: the policy of a deployment', () => {
  test('is open if users may add services, and locked to the services if they may not', () => {
    expect(connectOf(deploymentOf({ url }, {}).csp)).toBe("'self' https:");
    const locked = deploymentOf({ url }, { addService: false, services: [NOTICES] });
    expect(locked.policy).toBe('locked');
    expect(connectOf(locked.csp)).toBe("'self' https://api.notices.example https://login.notices.example");
  });

  test('turns off "Add a service" when locked', () => {
    expect(deploymentOf({ url, policy: 'locked' }, { services: [] }).services).toMatchObject({ addService: false });
    expect(deploymentOf({ url, policy: 'open' }, { addService: false }).services).toEqual({ addService: false });
  });

  test('lists the configured endpoints that the page calls, not those that it redirects to', () => {
    const board = {
      issuer: 'https://board.example',
      api: 'https://api.board.example/v2',
      endpoints: {
        authorization_endpoint: 'https://login.board.example/authorize',
        token_endpoint: 'https://tokens.board.example/token',
        end_session_endpoint: 'https://bye.board.example/end',
      },
    };
    const { connect } = deploymentOf(
      { url, policy: 'locked', connect: ['https://keys.board.example'] },
      { services: [board] },
    );
    expect(connect).toEqual([
      'https://board.example',
      'https://api.board.example',
      'https://tokens.board.example',
      'https://keys.board.example',
    ]);
  });

  test('is not locked if a service would lack an origin that it needs', () => {
    const { issuer: _, ...unknown } = NOTICES;
    expect(() => deploymentOf({ url, policy: 'locked' }, { services: [unknown] })).toThrow('names no issuer');
  });

  test.for(["https://a.example;script-src'none'", 'https://*.example', 'notices', 7])(
    'rejects a URL that would allow more than one origin: %s',
    (issuer) => {
      expect(() => deploymentOf({ url, policy: 'locked' }, { services: [{ issuer }] })).toThrow('services[0].issuer');
      expect(() => deploymentOf({ url, policy: 'locked', connect: [String(issuer)] }, {})).toThrow('--connect');
    },
  );

  test('allows loopback servers from a loopback page only, and sends HSTS elsewhere', () => {
    const here = deploymentOf({ url: 'http://localhost:8080/planner/' }, {});
    expect(connectOf(here.csp)).toContain('http://localhost:*');
    expect(here.headers).not.toHaveProperty('Strict-Transport-Security');
    expect(deploymentOf({ url }, {}).headers).toHaveProperty('Strict-Transport-Security');
  });

  test('is complete in a meta element except for frame-ancestors, which works only as a header (PAGE-1)', () => {
    const { csp } = deploymentOf({ url }, {});
    expect(metaPolicy(csp)).not.toContain('frame-ancestors');
    expect(metaPolicy(csp).split('; ').length).toBe(csp.split('; ').length - 1);
  });
});

test.for([
  [{ policy: 'shut' }, '--policy'],
  [{ connect: ['https://a.example'] }, '--connect'],
  [{ name: ' ' }, '--name'],
  [{ name: 'two\nlines' }, '--name'],
  [{ name: 'x'.repeat(49) }, '--name'],
  [{ url: 'https://planner.example/a;b/' }, '--url'],
  [{ url: 'https://planner.example/a$b/' }, '--url'],
] as const)('rejects %o by the name of the option', ([choice, named]) => {
  expect(() => deploymentOf({ url, ...choice }, {})).toThrow(named);
});
