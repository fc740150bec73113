import type { Ref } from 'react';

import type { Search } from '#connections/found-service.ts';
import type { SignInFailure } from '#connections/sign-in-failure.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { Button } from '#ui/button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { hostOf } from '#ui/host-parts.ts';
import { Notice } from '#ui/notice.tsx';

import styles from './add-service.module.css';
import { blockedReport, neededHeaders } from './blocked-report.ts';
import { CopyButton } from './copy-button.tsx';
import { faultWords } from './fault-words.ts';
import { Step } from './step.tsx';

const words = addService.nothing;

interface NothingStepProps {
  search: Extract<Search, { kind: 'nothing' }>;
  isOnline: boolean;
  onTryAgain: () => void;
  titleRef: Ref<HTMLHeadingElement>;
}

/** Nothing usable: what was asked, what came of it, and what those who run the server can do (API-9). */
export function NothingStep({ search: { address, asked }, isOnline, onTryAgain, titleRef }: NothingStepProps) {
  const verdict = verdictOf(asked, isOnline);
  const report = blockedReport({ origin: location.origin, address, asked });
  return (
    <Step number={2} state="bad" title={words.title} titleRef={titleRef}>
      <Notice tone="bad" icon="alert" title={words[verdict].title}>
        {words[verdict].text}
      </Notice>
      <div className={styles.stack}>
        <h3>{words.asked}</h3>
        <ol className={styles.asked}>
          {distinct(asked).map(([key, failure]) => (
            <Asked key={key} {...{ failure, address, isOnline }} />
          ))}
        </ol>
      </div>
      {verdict !== 'offline' && (
        <>
          <div className={styles.stack}>
            <h3>{words.ifYours}</h3>
            {verdict === 'unusable' && <p className={styles.soft}>{words.publish}</p>}
            <p className={styles.soft}>{words.headers}</p>
            <pre className={styles.code}>{neededHeaders(location.origin).join('\n')}</pre>
            <p className={styles.soft}>
              {messages.faults.operator.anyOrigin} {messages.faults.operator.redirects}
            </p>
          </div>
          <div className={styles.stack}>
            <h3>{words.ifNot}</h3>
            <p className={styles.soft}>{words.send}</p>
            <Disclosure label={words.reportText}>
              <pre className={styles.code}>{report}</pre>
            </Disclosure>
          </div>
        </>
      )}
      <div className={styles.row}>
        <Button variant="primary" onClick={onTryAgain}>
          {words.tryAgain}
        </Button>
        {verdict !== 'offline' && <CopyButton text={report} label={words.copyReport} />}
      </div>
    </Step>
  );
}

function Asked({ failure, address, isOnline }: { failure: SignInFailure; address: string; isOnline: boolean }) {
  const { url = address, status, serverError } = failure;
  const isUnread = failure.code === 'unreachable' && isOnline;
  const { wire } = messages.faults;
  return (
    <li>
      <code>
        <bdi>{url}</bdi>
      </code>
      <span className={styles.claim}>
        {isUnread ? words.unreachable.title : faultWords(hostOf(url), failure, isOnline).text}{' '}
        {status !== undefined && wire.status(status)}{' '}
        {serverError !== undefined && <bdi className={styles.wire}>{wire.error(serverError)}</bdi>}
      </span>
    </li>
  );
}

/** The failures by what a person sees of them; of equal ones, one. */
function distinct(asked: readonly SignInFailure[]): [string, SignInFailure][] {
  return [...new Map(asked.map((failure) => [JSON.stringify(failure), failure]))];
}

function verdictOf(asked: readonly SignInFailure[], isOnline: boolean): 'offline' | 'unreachable' | 'unusable' {
  if (!asked.some(({ code }) => code === 'unreachable')) return 'unusable';
  return isOnline ? 'unreachable' : 'offline';
}
