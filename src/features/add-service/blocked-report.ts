import type { SignInFailure } from '#connections/sign-in-failure.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { hostOf } from '#ui/host-parts.ts';

import { faultWords } from './fault-words.ts';

const words = addService.report;

/**
 * The headers that let this page read a service's answers and send it tokens (Fetch, "CORS protocol").
 * @param origin of the page
 */
export function neededHeaders(origin: string): string[] {
  return [
    `Access-Control-Allow-Origin: ${origin}`,
    'Access-Control-Allow-Headers: Authorization, Content-Type',
    'Access-Control-Expose-Headers: WWW-Authenticate',
  ];
}

interface Report {
  origin: string;
  /** As it was typed. */
  address: string;
  asked: readonly SignInFailure[];
}

/**
 * A report for whoever runs a service that could not be read: plain text with the addresses, what came of each, and the
 * headers. Queries are left out: what somebody typed into one may be theirs alone.
 */
export function blockedReport({ origin, address, asked }: Report): string {
  return [
    words.title,
    '',
    words.origin(origin),
    words.looked(withoutQuery(address)),
    '',
    words.asked,
    ...asked.map((failure) => `- ${outcomeOf(failure, address)}`),
    '',
    words.headers,
    ...neededHeaders(origin).map((line) => `  ${line}`),
    words.preflight,
    words.redirects,
  ].join('\n');
}

function outcomeOf(failure: SignInFailure, address: string): string {
  const { url = address, status, serverError } = failure;
  const came = [
    status === undefined && failure.code === 'unreachable'
      ? words.noStatus
      : faultWords(hostOf(url), failure, true).text,
    ...(status === undefined ? [] : [words.status(status)]),
    ...(serverError === undefined ? [] : [messages.faults.wire.error(oneLine(serverError))]),
  ];
  return `${withoutQuery(url)}: ${came.join(' ')}`;
}

function withoutQuery(address: string): string {
  return oneLine(address.replace(/[?#].*$/s, ''));
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}
