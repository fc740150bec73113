import type { Ref } from 'react';

import type { DiscoveryAttempt, DiscoveryState } from '#connections/discovery/discovered-service.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';
import { copying } from '#messages/en/copying.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';

import styles from './add-service.module.css';
import { blockedReport, neededHeaders } from './cors-report.ts';
import { RequestLog } from './request-log.tsx';
import { Step } from './step.tsx';

const text = addService.nothing;

interface NotFoundStepProps {
  search: Extract<DiscoveryState, { kind: 'nothing' }>;
  isOnline: boolean;
  onTryAgain: () => void;
  titleRef: Ref<HTMLHeadingElement>;
}

/** Shows that nothing usable was found: the requests made, their results, and what the server's operator can do (API-9). */
export function NotFoundStep({ search: { url, asked }, isOnline, onTryAgain, titleRef }: NotFoundStepProps) {
  const verdict = verdictOf(asked, isOnline);
  const report = blockedReport({ origin: location.origin, url, asked });
  return (
    <Step number={2} state="bad" title={text.title} titleRef={titleRef}>
      <Callout tone="bad" icon="alert" title={text[verdict].title}>
        {text[verdict].text}
      </Callout>
      <div className={styles.stack}>
        <h3>{addService.asked.title}</h3>
        <RequestLog {...{ asked, searchedUrl: url, isOnline }} />
      </div>
      {verdict !== 'offline' && (
        <>
          <div className={styles.stack}>
            <h3>{text.ifYours}</h3>
            {verdict !== 'unreachable' && <p className={styles.soft}>{text.publish}</p>}
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
        <Button variant="primary" onClick={onTryAgain}>
          {text.tryAgain}
        </Button>
        {verdict !== 'offline' && <CopyButton text={report} label={text.copyReport} outcomes={copying} />}
      </div>
    </Step>
  );
}

function verdictOf(
  asked: readonly DiscoveryAttempt[],
  isOnline: boolean,
): 'offline' | 'unreachable' | 'partly' | 'unusable' {
  const isUnread = (one: DiscoveryAttempt): boolean => one.kind === 'failed' && one.code === 'unreachable';
  if (!asked.some(isUnread)) return 'unusable';
  if (!isOnline) return 'offline';
  return asked.every(isUnread) ? 'unreachable' : 'partly';
}
