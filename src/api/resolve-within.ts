import { ApiError } from './errors.ts';

/**
 * Resolves a path, or a URL that an API returned as its next page, below a resource. Rejects anything outside it: another
 * origin, another path, or a path that only starts with the same letters (API-2; RFC 9700 §4.9.1).
 * @param resource the resource identifier, for instance `https://api.example/v1`; its query counts for the empty path only
 * @param path the empty path is the resource itself, and a query alone replaces that of the resource
 * @throws ApiError `outside-connection`
 */
export function resolveWithin(resource: string, path: string): string {
  const key = `${resource} ${path}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const url = resolved(resource, path);
  if (recent.size >= RECENT) recent.clear();
  recent.set(key, url);
  return url;
}

/** A cache: the same few URLs are called over and over, and parsing them costs more than the rest of a call here. */
const recent = new Map<string, string>();
const RECENT = 100;

function resolved(resource: string, path: string): string {
  const base = new URL(resource);
  const own = base.href;
  base.search = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const isResource = path === '' || /^[?#]/.test(path);
  const from = isResource ? own : base.href;
  const url = URL.canParse(path, from) ? new URL(path, from) : undefined;
  const isWithin =
    url?.origin === base.origin &&
    url.username === '' &&
    url.password === '' &&
    (url.pathname.startsWith(base.pathname) || `${url.pathname}/` === base.pathname) &&
    // The server may interpret an encoded dot segment or slash differently.
    !/%2e|%2f|%5c/i.test(url.pathname);
  if (!url || !isWithin) throw new ApiError('outside-connection', 'the address is not below the resource');
  return url.href;
}
