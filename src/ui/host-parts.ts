import { decodeLabel } from './punycode.ts';

/** A host as a person has to look at it before signing in there (UI-1). */
export interface HostParts {
  /** Before the part that somebody registered, with its last dot; a subdomain is free to be named anything. */
  prefix: string;
  /** What somebody registered; the whole of an IP address and of this machine's own names. */
  registrable: string;
  /** With its colon; empty for the default port. */
  port: string;
  /** How it reads where it has letters beyond a–z; `unknown` where that can't be told. */
  reading: { kind: 'same' } | { kind: 'as'; name: string } | { kind: 'unknown' };
}

/**
 * The parts of an address's host, in punycode as the URL class gives it; undefined where it is no address.
 * The registrable part is told by its shape, not by the public suffix list: names below a shared host look like
 * subdomains of it.
 */
export function hostPartsOf(address: string): HostParts | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, port } = new URL(address);
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

/** The host of an address, with its port, for sentences; the address itself where it has none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Second labels under which country registries give out names: `example.co.uk`. */
const REGISTRY_LABELS: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'go', 'gov', 'ne', 'net', 'or', 'org']);

function registrableCount(hostname: string, labels: readonly string[]): number {
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  if (isAddress || labels.at(-1) === 'localhost') return labels.length;
  const isBelowRegistry = labels.at(-1)?.length === 2 && REGISTRY_LABELS.has(labels.at(-2) ?? '');
  return isBelowRegistry ? 3 : 2;
}

function readingOf(hostname: string, labels: readonly string[]): HostParts['reading'] {
  if (!labels.some((label) => label.startsWith('xn--'))) return { kind: 'same' };
  const decoded = labels.map(decodeLabel);
  // What the URL class would not turn into this very host is not how it reads.
  const name = decoded.every((label) => label !== undefined) ? decoded.join('.') : '';
  const isTrue = URL.canParse(`https://${name}`) && new URL(`https://${name}`).hostname === hostname;
  return isTrue ? { kind: 'as', name } : { kind: 'unknown' };
}
