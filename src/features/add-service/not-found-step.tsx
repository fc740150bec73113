import type { Ref } from 'react';

import type { DiscoveryAttempt, DiscoveryState } from '#connections/discovery/discovered-service.ts';
import type { SignInFailure, SignInFailureCode } from '#connections/failure.ts';
import { describeFailedRequest } from '#failures/failure-text.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { copying } from '#messages/en/copying.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { hostOf } from '#ui/host-parts.ts';

import styles from './add-service.module.css';
import { capped } from './capped.ts';
import { blockedReport, neededHeaders } from './cors-report.ts';
import { RequestLog } from './request-log.tsx';
import { Step } from './step.tsx';

const text = addService.nothing;

interface NotFoundStepProps {
  search: Extract<DiscoveryState, { kind: 'nothing' }>;
  isOnline: boolean;
  /** Searches at this address or at one that the metadata names. */
  onSearch: (address: string) => void;
  titleRef: Ref<HTMLHeadingElement>;
}

/** Shows that nothing usable was found: the requests made, their results, and what the server's operator can do (API-9). */
export function NotFoundStep({ search: { url, asked }, isOnline, onSearch, titleRef }: NotFoundStepProps) {
  const verdict = verdictOf(asked, isOnline);
  const { title, text: consequence } = verdictText(verdict, url, isOnline);
  const report = blockedReport({ origin: location.origin, url, asked });
  const isOffline = verdict === 'offline';
  return (
    <Step number={2} state="bad" title={text.title} titleRef={titleRef}>
      <Callout tone="bad" icon="alert" title={title}>
        {consequence}
      </Callout>
      {otherAddresses(asked).map(({ named, by }) => (
        <Callout
          key={named}
          icon="file"
          title={text.other.title}
          action={
            <Button
              onClick={() => {
                onSearch(named);
              }}
            >
              {text.other.search(capped(named))}
            </Button>
          }
        >
          {text.other[by](<bdi key="claim">{capped(named)}</bdi>)}
        </Callout>
      ))}
      <div className={styles.stack}>
        <h3>{addService.asked.title}</h3>
        <RequestLog {...{ asked, searchedUrl: url, isOnline }} />
      </div>
      {!isOffline && (
        <>
          <div className={styles.stack}>
            <h3>{text.ifYours}</h3>
            {verdict !== 'unreachable' && verdict !== 'unreadable' && <p className={styles.soft}>{text.publish}</p>}
            <p className={styles.soft}>{text.headers}</p>
            <pre className={styles.code}>{neededHeaders(location.origin).join('\n')}</pre>
            <p className={styles.soft}>
              {messages.failures.operator.anyOrigin} {messages.failures.operator.redirects}
            </p>
          </div>
          <div className={styles.stack}>
            <h3>{text.ifNot}</h3>
            <p className={styles.soft}>{text.send}</p>
            <Disclosure label={text.reportText}>
              <pre className={styles.code}>{report}</pre>
            </Disclosure>
          </div>
        </>
      )}
      <div className={styles.row}>
        <Button
          variant="primary"
          onClick={() => {
            onSearch(url);
          }}
        >
          {text.tryAgain}
        </Button>
        {!isOffline && <CopyButton text={report} label={text.copyReport} outcomes={copying} />}
      </div>
    </Step>
  );
}

/** Why nothing was found: a refused document, which says most, or what the responses have in common. */
type Verdict = 'offline' | 'unreachable' | 'unreadable' | 'partly' | 'unusable' | { refused: SignInFailure };

function verdictOf(asked: readonly DiscoveryAttempt[], isOnline: boolean): Verdict {
  const isUnread = (one: DiscoveryAttempt): boolean =>
    one.kind === 'failed' && (one.code === 'unreachable' || one.code === 'unreadable');
  if (!isOnline && asked.some(isUnread)) return 'offline';
  const refused = REFUSALS.flatMap((codes) => asked.filter((one) => one.kind === 'failed' && codes.includes(one.code)));
  const [first] = refused;
  if (first?.kind === 'failed') return { refused: first };
  if (!asked.some(isUnread)) return 'unusable';
  if (!asked.every(isUnread)) return 'partly';
  return asked.some((one) => one.kind === 'failed' && one.code === 'unreadable') ? 'unreadable' : 'unreachable';
}

/** The failures of a document that was there, the most telling first; a web page is what many hosts return for every address. */
const REFUSALS: readonly (readonly SignInFailureCode[])[] = [
  ['pkce-unsupported', 'unsafe-url', 'endpoint-missing', 'no-authorization-server'],
  ['issuer-mismatch', 'resource-mismatch'],
  ['http-5xx', 'rate-limited', 'timed-out', 'response-too-large', 'malformed-response'],
  ['redirected'],
];

function verdictText(verdict: Verdict, searchedUrl: string, isOnline: boolean): { title: string; text: string } {
  if (typeof verdict === 'string') return text[verdict];
  const { refused } = verdict;
  const { title, text: what, next } = describeFailedRequest(hostOf(refused.url ?? searchedUrl), refused, isOnline);
  return { title: `${title}.`, text: `${what} ${next}` };
}

interface OtherAddress {
  named: string;
  by: 'issuer' | 'resource';
}

/** Returns the addresses on the same host that metadata named instead of the entered one, each once. */
function otherAddresses(asked: readonly DiscoveryAttempt[]): OtherAddress[] {
  const others = new Map<string, OtherAddress>();
  for (const one of asked) {
    if (one.kind !== 'failed' || one.named === undefined || others.has(one.named)) continue;
    others.set(one.named, { named: one.named, by: one.step === 'server-metadata' ? 'issuer' : 'resource' });
  }
  return [...others.values()];
}
