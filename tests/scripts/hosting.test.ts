import { describe, expect, test } from 'vitest';
import { cacheControl, contentSecurityPolicy, contentType, isLoopbackHost, responseRules } from '#scripts/hosting.mjs';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; manifest-src 'self'; " +
  "worker-src 'self'; connect-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types content-planner";

describe('the content security policy', () => {
  test('on a public host is all of PAGE-1', () => {
    expect(contentSecurityPolicy()).toBe(policy);
  });

  test('on a loopback host adds loopback servers to connect-src, and nothing else (PAGE-2)', () => {
    const connect = "connect-src 'self' https: http://localhost:* http://*.localhost:* http://127.0.0.1:*";
    expect(contentSecurityPolicy({ loopback: true })).toBe(policy.replace("connect-src 'self' https:", connect));
  });
});

test.for([
  ['localhost', true],
  ['localhost:4173', true],
  ['LOCALHOST:1', true],
  ['birdsong.localhost:4173', true],
  ['127.0.0.1:4173', true],
  ['[::1]:4173', true],
  ['', false],
  ['planner.example', false],
  ['localhost.evil.example', false],
  ['notlocalhost', false],
  ['127.0.0.1.evil.example:80', false],
  ['[::2]', false],
] as const)('%s is a loopback host: %s', ([host, expected]) => {
  expect(isLoopbackHost(host)).toBe(expected);
});

describe('the response rules', () => {
  test.for(['/', '/connections', '/planner/2026-W30', '/well-known', '/callback/'])('%s is a screen', (path) => {
    expect(responseRules(path).fallback).toBe('/index.html');
  });

  test.for([
    '/.well-known',
    '/.well-known/',
    '/.well-known/oauth-protected-resource',
    '/.well-known/openid-configuration/connections',
    '/assets',
    '/assets/main',
    '/assets/main-abc.js',
    '/client-metadata.json',
    '/worker.js',
    '/services.json',
    '/.env',
    '/old/picture.png',
  ])('%s without a file is not found (PAGE-7)', (path) => {
    expect(responseRules(path).fallback).toBeNull();
  });

  test('only GET and HEAD are allowed', () => {
    const allowed = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].filter(
      (method) => responseRules('/', { method }).allowed,
    );
    expect(allowed).toEqual(['GET', 'HEAD']);
  });

  test('every response has the headers of PAGE-4', () => {
    expect(responseRules('/x.json').headers).toMatchObject({
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': expect.stringContaining('camera=()'),
    });
  });

  test('HSTS is sent over https only', () => {
    expect(responseRules('/').headers).not.toHaveProperty('Strict-Transport-Security');
    expect(responseRules('/', { secure: true }).headers).toHaveProperty('Strict-Transport-Security');
  });

  test('the policy depends on the requested host', () => {
    const policyOf = (host: string) => responseRules('/', { host }).headers['Content-Security-Policy'];
    expect(policyOf('localhost:4173')).toContain('http://localhost:*');
    expect(policyOf('planner.example')).not.toContain('http:');
  });
});

test.for([
  ['/index.html', 'no-cache'],
  ['/worker.js', 'no-cache'],
  ['/birdsong.js', 'no-cache'],
  ['/theme.js', 'no-cache'],
  ['/services.json', 'no-cache'],
  ['/assets/main-DfiFpMnx.js', 'public, max-age=31536000, immutable'],
] as const)('%s is cached: %s', ([path, expected]) => {
  expect(cacheControl(path)).toBe(expected);
});

test.for([
  ['/index.html', 'text/html; charset=utf-8'],
  ['/a.JS', 'text/javascript; charset=utf-8'],
  ['/a.css', 'text/css; charset=utf-8'],
  ['/a.json', 'application/json'],
  ['/a.svg', 'image/svg+xml'],
  ['/manifest.webmanifest', 'application/manifest+json'],
  ['/a.html.exe', 'application/octet-stream'],
  ['/plain', 'application/octet-stream'],
] as const)('%s is %s', ([path, expected]) => {
  expect(contentType(path)).toBe(expected);
});
