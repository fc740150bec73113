import type { DiscoveryAttempt } from '#connections/discovery/discovered-service.ts';
import { corsHeadersFor } from '#failures/cors-headers.ts';
import { describeFailedRequest } from '#failures/failure-text.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { hostOf } from '#ui/host-parts.ts';

const t = addService.report;

/**
 * Returns the headers that let this page read a service's responses and send it tokens (Fetch, "CORS protocol").
 * @param origin of the page
 */
export function neededHeaders(origin: string): string[] {
  return [
    `Access-Control-Allow-Origin: ${origin}`,
    'Access-Control-Allow-Headers: Authorization, Content-Type, DPoP',
    'Access-Control-Expose-Headers: WWW-Authenticate, DPoP-Nonce',
  ];
}

interface Report {
  origin: string;
  /** The URL as typed. */
  url: string;
  asked: readonly DiscoveryAttempt[];
}

/**
 * Returns a plain-text report for the operator of an unreadable service: the URLs, the result of each request, and the required
 * headers. Queries are left out because the user may have typed something private into one.
 */
export function blockedReport({ origin, url, asked }: Report): string {
  return [
    t.title,
    '',
    t.origin(origin),
    t.looked(withoutQuery(url)),
    '',
    t.asked,
    ...asked.flatMap((one) => linesOf(one, url, origin)),
    '',
    t.headers,
    ...neededHeaders(origin).map((line) => `  ${line}`),
    t.preflight,
    t.redirects,
  ].join('\n');
}

function linesOf(one: DiscoveryAttempt, searchedUrl: string, origin: string): string[] {
  const { url = searchedUrl, status } = one;
  const line = (came: string, ...more: string[]): string =>
    `- ${withoutQuery(url)}: ${[came, ...(status === undefined ? [] : [t.status(status)]), ...more].join(' ')}`;
  if (one.kind === 'answered') return [line(addService.asked.answered(one))];
  const { code, step, serverError } = one;
  if (code === 'unreachable') return [line(t.noResponse)];
  if (code === 'unreadable') {
    const { headers } = step === undefined ? { headers: [] } : corsHeadersFor(step, origin);
    return [line(t.noStatus), ...(headers.length > 0 ? [`  ${t.needs(headers.join('; '))}`] : [])];
  }
  const named = serverError === undefined ? [] : [messages.failures.wire.error(oneLine(serverError))];
  const fix = code === 'pkce-unsupported' ? [`  ${t.pkce}`] : [];
  return [line(describeFailedRequest(hostOf(url), one, true).text, ...named), ...fix];
}

function withoutQuery(url: string): string {
  return oneLine(url.replace(/[?#].*$/s, ''));
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}
