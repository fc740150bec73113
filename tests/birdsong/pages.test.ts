import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBirdsong } from '#tests/support/birdsong-server.ts';
import type { BirdsongServer } from '#tests/support/birdsong-server.ts';
import { call, connect, discover, register, startFlow } from './client.ts';

let birdsong: BirdsongServer;
beforeAll(async () => {
  birdsong = await startBirdsong();
});
afterAll(() => birdsong.stop());

describe('every page', () => {
  const urls = ['/', '/controls', '/nothing', '/authorize', '/authorize?client_id=nobody'];

  it.each(urls)('%s runs no script, loads nothing external, cannot be framed and is not stored', async (path) => {
    const response = await fetch(birdsong.issuer + path);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const markup = await response.text();
    expect(markup).toContain('<html lang="en">');
    expect(markup).toContain('A demo network');
    expect(markup).not.toMatch(/<script|style=|<style|javascript:| on\w+=/i);
  });

  it('responds to other methods with 405', async () => {
    for (const path of ['/', '/controls', '/authorize', '/birdsong.css', '/jwks']) {
      const response = await fetch(birdsong.issuer + path, { method: 'DELETE' });
      expect(response.status, path).toBe(405);
      expect(response.headers.get('allow'), path).toMatch(/GET/);
    }
  });

  it('redirects from the folder’s name to the home page, controls and app', async () => {
    const response = await fetch(birdsong.issuer);
    expect(response.url).toBe(`${birdsong.issuer}/`);
    const markup = await response.text();
    expect(markup).toContain(`href="${birdsong.issuer}/controls"`);
    expect(markup).toContain(`href="${birdsong.origin}/"`);
    expect(await (await fetch(`${birdsong.issuer}/controls`)).text()).toContain(`href="${birdsong.origin}/"`);
  });

  it('documents every problem type at its URL', async () => {
    const { type } = (await (await problem()).json()) as { type: string };
    const url = new URL(type);
    expect(await (await fetch(url)).text()).toContain(`id="${url.hash.slice(1)}"`);
  });

  async function problem(): Promise<Response> {
    return call(birdsong, (await connect(birdsong)).tokens.access_token, '/nothing');
  }
});

describe('the consent page', () => {
  async function consentPage(metadata: Record<string, unknown> = {}): Promise<Response> {
    const client = await register(await discover(birdsong), metadata);
    const [redirect] = client.redirect_uris as string[];
    const { url } = await startFlow(birdsong, { redirect_uri: redirect ?? null }, client);
    return fetch(url);
  }

  it('shows the app’s name, its claims, and the host of the redirect URI', async () => {
    const markup = await (await consentPage()).text();
    expect(markup).toContain('<bdi>Content Planner</bdi> would like to use your account');
    expect(markup).toMatch(/This app says it is at <code>planner\.example<\/code>/);
    expect(markup).toMatch(/You’ll return to <code>planner\.example\/callback<\/code>/);
    expect(markup.match(/type="radio"/g)).toHaveLength(2);
  });

  it('marks what the expected user has already allowed this app, and nothing of another user', async () => {
    const { flow } = await connect(birdsong, { user: 'robin', permissions: ['posts-read'] });
    const marks = async (hint: string): Promise<string[]> => {
      const { url } = await startFlow(birdsong, { login_hint: hint }, flow.client);
      const markup = await (await fetch(url)).text();
      return [...markup.matchAll(/<b>([^<]*)<\/b><small>[^<]*<\/small><small>Already allowed by @robin</g)].map(
        ([, title]) => title ?? '',
      );
    };
    expect(await marks('robin')).toEqual(['See your name and picture', 'See your posts']);
    expect(await marks('lowtide')).toEqual([]);
    expect(await marks('nobody')).toEqual([]);
    const { url } = await startFlow(birdsong, { login_hint: 'robin' });
    expect(await (await fetch(url)).text()).not.toContain('Already allowed');
  });

  it('lets its form redirect to the registered URL only', async () => {
    const response = await consentPage();
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self' https://planner.example;");
  });

  it('allows the scheme if CSP cannot express the host', async () => {
    const response = await consentPage({ redirect_uris: ['http://[::1]:5173/callback'] });
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self' http:;");
  });

  it('shows a hostile name as plain text', async () => {
    const name = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
    const markup = await (await consentPage({ client_name: name })).text();
    expect(markup).not.toMatch(/<script|<img/);
    expect(markup).toContain('&quot;&gt;&lt;script&gt;alert(1)');
  });

  it('removes bidirectional and invisible characters from a name, and truncates it', async () => {
    const markup = await (
      await consentPage({ client_name: `Good\u202Eknab\u200B\u0000 ${'x'.repeat(10_000)}` })
    ).text();
    const name = /<bdi>([^<]*)<\/bdi>/.exec(markup)?.[1] ?? '';
    expect(name.startsWith('Goodknab xxx')).toBe(true);
    expect(name).toHaveLength(48);
    expect(name.endsWith('…')).toBe(true);
  });

  it('shows hosts in punycode', async () => {
    const markup = await (await consentPage({ redirect_uris: ['https://login.häfen.example/callback'] })).text();
    expect(markup).toContain('login.xn--hfen-loa.example/callback');
  });

  it('keeps request values inside their attributes', async () => {
    const { url } = await startFlow(birdsong, { state: '"><b>out</b>' });
    expect(await (await fetch(url)).text()).not.toContain('<b>out');
  });
});

describe('CORS', () => {
  const origin = 'https://planner.example';

  it('lets a browser app on another origin use every endpoint', async () => {
    const { urls } = birdsong;
    const endpoints = [
      urls.resourceMetadata,
      urls.serverMetadata,
      ...urls.openidMetadata,
      urls.registration,
      urls.token,
      urls.revocation,
      urls.userinfo,
      urls.jwks,
      `${urls.resource}/posts`,
    ];
    for (const endpoint of endpoints) {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      };
      const asked = await fetch(endpoint, { method: 'OPTIONS', headers });
      expect(asked.status, endpoint).toBe(204);
      const allowed = (asked.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');
      expect(allowed, endpoint).toEqual(expect.arrayContaining(['authorization', 'content-type', 'idempotency-key']));
      expect(asked.headers.get('access-control-allow-methods'), endpoint).toContain('DELETE');
      const response = await fetch(endpoint, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin'), endpoint).toBe('*');
      expect(response.headers.get('access-control-expose-headers'), endpoint).toBe(
        'WWW-Authenticate, Retry-After, Location',
      );
    }
  });

  it('keeps other origins out of the pages', async () => {
    for (const path of ['/', '/controls', '/authorize']) {
      const response = await fetch(birdsong.issuer + path, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });
});

describe('avatars', () => {
  it('are at the URL in the profile, and run nothing', async () => {
    const { tokens } = await connect(birdsong);
    const { picture } = (await (await call(birdsong, tokens.access_token, '/me')).json()) as { picture: string };
    const response = await fetch(picture);
    expect(response.headers.get('content-type')).toContain('image/svg+xml');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toMatch(/^<svg\s+xmlns=/);
  });
});
