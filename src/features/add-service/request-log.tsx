import type { DiscoveryAttempt } from '#connections/discovery/discovered-service.ts';
import type { SignInFailure } from '#connections/failure.ts';
import { corsHeadersFor } from '#failures/cors-headers.ts';
import { describeFailedRequest } from '#failures/failure-text.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { hostOf } from '#ui/host-parts.ts';

import styles from './add-service.module.css';

const t = addService.asked;
const { wire } = messages.failures;

interface RequestLogProps {
  asked: readonly DiscoveryAttempt[];
  /** The URL that was searched, used for attempts without a URL of their own. */
  searchedUrl: string;
  isOnline: boolean;
}

/**
 * Lists every requested URL, the result, and the headers that an unreadable response may lack (API-9). URLs with the same result
 * share one sentence.
 */
export function RequestLog({ asked, searchedUrl, isOnline }: RequestLogProps) {
  return (
    <ol className={styles.asked} aria-label={t.title}>
      {groupsOf(asked, searchedUrl, isOnline).map(({ urls, outcome: { text, serverError } }) => (
        <li key={text + serverError}>
          {urls.map((one) => (
            <code key={one}>
              <bdi>{one}</bdi>
            </code>
          ))}
          <span className={styles.claim}>
            {text} {serverError !== undefined && <bdi className={styles.wire}>{wire.error(serverError)}</bdi>}
          </span>
        </li>
      ))}
    </ol>
  );
}

interface Outcome {
  text: string;
  /** The server's own error text. */
  serverError?: string | undefined;
}

interface Group {
  urls: string[];
  outcome: Outcome;
}

function groupsOf(asked: readonly DiscoveryAttempt[], searchedUrl: string, isOnline: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const one of asked) {
    const outcome =
      one.kind === 'answered' ? { text: sentence(t.answered(one), one.status) } : failed(one, searchedUrl, isOnline);
    const key = JSON.stringify(outcome);
    const urls = groups.get(key)?.urls ?? [];
    const url = one.url ?? searchedUrl;
    groups.set(key, { outcome, urls: urls.includes(url) ? urls : [...urls, url] });
  }
  return [...groups.values()];
}

function failed(failure: SignInFailure, searchedUrl: string, isOnline: boolean): Outcome {
  const { code, step, url = searchedUrl, status, serverError } = failure;
  if (!isOnline || (code !== 'unreachable' && code !== 'unreadable')) {
    return { text: sentence(describeFailedRequest(hostOf(url), failure, isOnline).text, status), serverError };
  }
  if (code === 'unreachable') return { text: sentence(t.unreachable, status), serverError };
  const needs = step === undefined ? '' : ` ${t.needs(neededNames(step))}`;
  return { text: sentence(t.unreadable + needs, status), serverError };
}

const sentence = (text: string, status: number | undefined): string =>
  status === undefined ? text : `${text} ${wire.status(status)}`;

/** Returns the header names only; their values are listed once below. */
function neededNames(step: NonNullable<SignInFailure['step']>): string[] {
  return corsHeadersFor(step, location.origin).headers.map((line) => line.replace(/:.*/, ''));
}
