import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { deploymentOf } from '#scripts/deployment.mjs';
import { LIFETIMES, responseRules, SCREENS } from '#scripts/hosting.mjs';
import { caddy } from '#scripts/hosts/caddy.mjs';
import { cloudfront } from '#scripts/hosts/cloudfront.mjs';
import { headersAndRedirects } from '#scripts/hosts/headers-and-redirects.mjs';
import { nginx } from '#scripts/hosts/nginx.mjs';
import { vercel } from '#scripts/hosts/vercel.mjs';

type Deployment = ReturnType<typeof deploymentOf>;

const SCREEN_PATHS = ['callback', 'callback/0123456789abcdef', 'connections', 'services/new', 'settings', 'signed-out'];
const FILE_PATHS = [
  '.well-known',
  '.well-known/oauth-protected-resource',
  '.well-known/oauth-authorization-server/birdsong',
  'assets',
  'assets/gone',
  'assets/gone-1.js',
  'client-metadata.json',
  'worker.js',
  'old/picture.png',
  '.env',
];

/** Evaluates each host's own rules for a path without a file, below the app's folder: whether it sends the page. */
const HOSTS: Record<string, (deployment: Deployment, path: string) => boolean> = {
  'npm start': (_, path) => responseRules(`/${path}`).fallback !== null,
  'Netlify and Cloudflare Pages': (deployment, path) =>
    (headersAndRedirects(deployment)['_redirects'] ?? '')
      .split('\n')
      .filter(Boolean)
      .some((line) => {
        const [from = '', to, status] = line.split(' ');
        const asked = `${deployment.base}${path}`;
        const isMeant = from.endsWith('/*') ? asked.startsWith(from.slice(0, -1)) : asked === from;
        return isMeant && to === deployment.base && status === '200';
      }),
  Vercel: (deployment, path) => {
    const { rewrites } = JSON.parse(vercel(deployment)['vercel.json'] ?? '') as { rewrites: { source: string }[] };
    return rewrites.some(({ source }) => new RegExp(`^${source}$`).test(`${deployment.base}${path}`));
  },
  CloudFront: (deployment, path) => {
    const source = cloudfront(deployment)['hosting/cloudfront-function.js'] ?? '';
    // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the function is what is tested
    const handler = new Function(`${source}; return handler;`)() as (event: { request: { uri: string } }) => {
      uri: string;
    };
    const uri = `${deployment.base}${path}`;
    const answered = handler({ request: { uri } }).uri;
    expect([uri, `${deployment.base}index.html`]).toContain(answered);
    return answered !== uri;
  },
  nginx: (deployment, path) => {
    const pattern = /location ~ "(.+)" \{/.exec(nginx(deployment)['hosting/nginx.conf'] ?? '')?.[1] ?? '';
    return !new RegExp(pattern).test(`${deployment.base}${path}`);
  },
  Caddy: (deployment, path) => {
    const pattern = /not path_regexp "(.+)"/.exec(caddy(deployment)['hosting/Caddyfile'] ?? '')?.[1] ?? '';
    return !new RegExp(pattern).test(`${deployment.base}${path}`);
  },
};

describe.for(['https://planner.example/', 'https://tools.example/a.b/planner/'])('at %s', (url) => {
  const deployment = deploymentOf({ url }, {});

  describe.for(Object.entries(HOSTS))('%s', ([, sendsPage]) => {
    test.for(SCREEN_PATHS)('sends the page for %s', (path) => {
      expect(sendsPage(deployment, path)).toBe(true);
    });
    test.for(FILE_PATHS)('PAGE-7: sends no page for %s', (path) => {
      expect(sendsPage(deployment, path)).toBe(false);
    });
  });

  test('PAGE-1, PAGE-4: every host’s configuration has every header with its value', () => {
    const texts = [
      headersAndRedirects(deployment)['_headers'],
      vercel(deployment)['vercel.json'],
      cloudfront(deployment)['hosting/cloudfront-headers.json'],
      cloudfront(deployment)['hosting/cloudfront-headers-assets.json'],
      nginx(deployment)['hosting/nginx.conf'],
      caddy(deployment)['hosting/Caddyfile'],
    ];
    expect(Object.keys(deployment.headers)).toContain('Strict-Transport-Security');
    for (const [name, value] of Object.entries(deployment.headers)) {
      // CloudFront has its own fields for some headers.
      const said = { 'X-Content-Type-Options': 'ContentTypeOptions', 'Strict-Transport-Security': '63072000' }[name];
      for (const text of texts) expect([value, said ?? value].some((one) => text?.includes(one))).toBe(true);
    }
  });

  test('only hashed files are cached', () => {
    const config = JSON.parse(vercel(deployment)['vercel.json'] ?? '') as { headers: { source: string }[] };
    expect(JSON.stringify(config.headers.filter(({ source }) => source.includes('assets')))).toContain(
      LIFETIMES.hashed,
    );
    expect(JSON.stringify(config.headers.filter(({ source }) => !source.includes('assets')))).not.toContain(
      'max-age=3153',
    );
    expect(cloudfront(deployment)['hosting/cloudfront-headers.json']).toContain(LIFETIMES.other);
    expect(cloudfront(deployment)['hosting/cloudfront-headers-assets.json']).toContain(LIFETIMES.hashed);
  });
});

test('the folder without its slash redirects to it', () => {
  const deployment = deploymentOf({ url: 'https://tools.example/planner/' }, {});
  expect(nginx(deployment)['hosting/nginx.conf']).toContain('location = /planner {\n  return 301 /planner/;');
  expect(caddy(deployment)['hosting/Caddyfile']).toContain('redir /planner /planner/ permanent');
});

test('the hosts’ list of screens matches the app', () => {
  const routes = [...readFileSync('src/app/app.tsx', 'utf8').matchAll(/path="([a-z-]+)[/"]/g)].map(
    ([, first]) => first,
  );
  expect(new Set(routes)).toEqual(new Set(SCREENS));
});
