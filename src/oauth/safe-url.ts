/**
 * Whether a host name is this machine itself: `localhost`, `*.localhost`, `127.0.0.1`, `[::1]`, exactly (DISC-9).
 * `localhost.evil.example` is not.
 */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
  );
}

/**
 * Parses an address that came from a server and gives it only if it may be used: https (or http on a loopback host where
 * `allowLoopbackHttp`), no user name or password, no fragment (DISC-9, DISC-10; RFC 6749 §3.1, §3.2).
 * `javascript:`, `data:` and the like end here, before anything is stored.
 */
export function parseSafeUrl(value: unknown, allowLoopbackHttp: boolean): URL | undefined {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const transportIsSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && allowLoopbackHttp && isLoopbackHost(url.hostname));
  const isPlain = url.username === '' && url.password === '' && !value.includes('#');
  return transportIsSafe && isPlain ? url : undefined;
}

/** An address without its query, fit for messages and traces: whatever a query holds stays out of both. */
export function withoutQuery(url: string | URL): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
