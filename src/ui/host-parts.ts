import { decodeLabel } from './punycode.ts';

/** The parts of a host, for the user to check before signing in there (UI-1). */
export interface HostParts {
  /** The subdomains, with the trailing dot; the owner of the domain can choose any name for them. */
  prefix: string;
  /** The registrable domain; the whole host for IP addresses and localhost names. */
  registrable: string;
  /** The port with its colon; empty for the default port. */
  port: string;
  /** The Unicode form if the host has letters beyond a–z; `unknown` if it can't be determined. */
  reading: { kind: 'same' } | { kind: 'as'; name: string } | { kind: 'unknown' };
}

/**
 * Returns the parts of a URL's host, in punycode as the URL class returns it; undefined if the text is not a URL. The registrable
 * part is guessed from the shape of the name, without the public suffix list, so sites on a shared host look like its subdomains.
 */
export function hostPartsOf(url: string): HostParts | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  const labels = hostname.split('.');
  const count = registrableCount(hostname, labels);
  return {
    prefix: labels
      .slice(0, -count)
      .map((label) => `${label}.`)
      .join(''),
    registrable: labels.slice(-count).join('.'),
    port: port === '' ? '' : `:${port}`,
    reading: readingOf(hostname, labels),
  };
}

/** Returns the host and port of a URL, for use in sentences; the text itself if it is not a URL. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Second-level labels under which country registries register names: `example.co.uk`. */
const REGISTRY_LABELS: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'go', 'gov', 'ne', 'net', 'or', 'org']);

function registrableCount(hostname: string, labels: readonly string[]): number {
  const isIpAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  if (isIpAddress || labels.at(-1) === 'localhost') return labels.length;
  const isBelowRegistry = labels.at(-1)?.length === 2 && REGISTRY_LABELS.has(labels.at(-2) ?? '');
  return isBelowRegistry ? 3 : 2;
}

function readingOf(hostname: string, labels: readonly string[]): HostParts['reading'] {
  if (!labels.some((label) => label.startsWith('xn--'))) return { kind: 'same' };
  const decoded = labels.map(decodeLabel);
  // Accept the decoded name only if the URL class converts it back to exactly this host.
  const name = decoded.every((label) => label !== undefined) ? decoded.join('.') : '';
  const isTrue = URL.canParse(`https://${name}`) && new URL(`https://${name}`).hostname === hostname;
  return isTrue ? { kind: 'as', name } : { kind: 'unknown' };
}
