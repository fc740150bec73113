import { omitUndefined } from '#lib/omit-undefined.ts';
import { parseUrl } from '#trace/url.ts';

import type { Flow, Step } from './flow.ts';

export type Lane = 'app' | 'server' | 'service';
export const LANES: readonly Lane[] = ['app', 'server', 'service'];

/** The steps whose requests go to the service itself; all others go to the authorization server. */
const AT_SERVICE = new Set(['resource-probe', 'resource-metadata', 'api-call']);

/** Returns the parties that a step goes from and to; both are the same for a step within one party. */
export function directionsOf({ kind, event }: Step): { from: Lane; to: Lane } {
  if (kind === 'exchange') return { from: 'app', to: laneOfRequest(event.step) };
  if (event.type === 'redirect-out') return { from: 'app', to: 'server' };
  return { from: event.type === 'redirect-back' ? 'server' : 'app', to: 'app' };
}

/** Returns the parties that a paused step goes from and to, by its step name. */
export function directionOfPaused(step: string): { from: Lane; to: Lane } {
  if (step === 'redirect-back') return { from: 'server', to: 'app' };
  return { from: 'app', to: step === 'redirect-out' ? 'server' : laneOfRequest(step) };
}

/** Returns the party that a request goes to, by its step name. */
export function laneOfRequest(step: string): Lane {
  return AT_SERVICE.has(step) ? 'service' : 'server';
}

/** Returns which part of the app made the requests of a flow. */
export function actorsOf({ steps }: Flow): 'page' | 'worker' | 'both' {
  const actors = new Set(steps.map(({ event }) => event.by));
  return actors.size > 1 ? 'both' : (actors.values().next().value ?? 'page');
}

/** Returns the URL prefix (host and path) that all of a party's URLs in a flow share, for each party. */
export function hostsOf({ steps }: Flow): Partial<Record<Lane, string>> {
  const urls: Record<Lane, URL[]> = { app: [], server: [], service: [] };
  for (const step of steps) {
    const { to } = directionsOf(step);
    const url = urlOf(step);
    if (url) urls[to].push(url);
  }
  return omitUndefined({ server: hostWithCommonPath(urls.server), service: hostWithCommonPath(urls.service) });
}

function urlOf(step: Step): URL | null {
  if (step.kind === 'exchange') return parseUrl(step.event.url);
  return step.event.type === 'redirect-out' ? parseUrl(step.event.url) : null;
}

/** Returns the host and common path prefix. Well-known URLs count only if there are no others (RFC 8615). */
function hostWithCommonPath(urls: readonly URL[]): string | undefined {
  const plain = urls.filter(({ pathname }) => !pathname.startsWith('/.well-known/'));
  const first = (plain[0] ?? urls[0])?.host;
  const paths = plain.filter(({ host }) => host === first).map(({ pathname }) => pathname.split('/').slice(1, -1));
  const parting = (paths[0] ?? []).findIndex((part, at) => paths.some((path) => path[at] !== part));
  const common = parting === -1 ? (paths[0] ?? []) : (paths[0] ?? []).slice(0, parting);
  return first === undefined ? undefined : [first, ...common].join('/');
}
