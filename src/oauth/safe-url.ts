/**
 * Returns true if a host name is this machine: exactly `localhost`, `*.localhost`, `127.0.0.1` or `[::1]` (DISC-9).
 * `localhost.evil.example` is not.
 */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
  );
}

/** What the URL parser drops without a word: controls, and spaces at both ends. The URL would not be the one that is shown. */
// oxlint-disable-next-line no-control-regex -- matches control characters on purpose
const DROPPED = /[\u0000-\u001f\u007f]|^ | $/;

/**
 * Parses a URL from a server and returns it only if it is safe to use: https (or http on a loopback host if
 * `allowLoopbackHttp`), no user name or password, no fragment (DISC-9, DISC-10; RFC 6749 §3.1, §3.2). This rejects
 * `javascript:`, `data:` and the like before anything is stored.
 */
export function parseSafeUrl(value: unknown, allowLoopbackHttp: boolean): URL | undefined {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value) || DROPPED.test(value)) return undefined;
  const url = new URL(value);
  const transportIsSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && allowLoopbackHttp && isLoopbackHost(url.hostname));
  const isPlain = url.username === '' && url.password === '' && !value.includes('#');
  return transportIsSafe && isPlain ? url : undefined;
}

/** Returns a URL without its query, so that nothing in the query reaches messages or traces. */
export function withoutQuery(url: string | URL): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
