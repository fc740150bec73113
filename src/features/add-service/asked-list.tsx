import type { Asked } from '#connections/found-service.ts';
import type { SignInFailure } from '#connections/sign-in-failure.ts';
import { corsHeadersFor } from '#faults/cors-headers.ts';
import { describeFault } from '#faults/fault-text.ts';
import { messages } from '#messages/en.ts';
import { addService } from '#messages/en/add-service.ts';

import styles from './add-service.module.css';
import { hostOf } from '#ui/host-parts.ts';

const words = addService.asked;
const { wire } = messages.faults;

interface AskedListProps {
  asked: readonly Asked[];
  /** Where it was looked, for what names no address of its own. */
  address: string;
  isOnline: boolean;
}

/** Every address that was asked, what came of it, and the headers that each unread answer may have lacked (API-9). */
export function AskedList({ asked, address, isOnline }: AskedListProps) {
  return (
    <ol className={styles.asked} aria-label={words.title}>
      {asked.map((one) => (
        <li key={JSON.stringify(one)}>
          <code>
            <bdi>{one.url ?? address}</bdi>
          </code>
          {one.kind === 'answered' ? (
            <span className={styles.claim}>
              {words.answered(one)} {wire.status(one.status)}
            </span>
          ) : (
            <Failed failure={one} address={address} isOnline={isOnline} />
          )}
        </li>
      ))}
    </ol>
  );
}

function Failed({ failure, address, isOnline }: { failure: SignInFailure; address: string; isOnline: boolean }) {
  const { code, step, url = address, status, serverError } = failure;
  const isUnread = code === 'unreachable' && isOnline;
  return (
    <span className={styles.claim}>
      {isUnread ? words.unread : describeFault(hostOf(url), failure, isOnline).text}{' '}
      {isUnread && step !== undefined && words.needs(neededNames(step))} {status !== undefined && wire.status(status)}{' '}
      {serverError !== undefined && <bdi className={styles.wire}>{wire.error(serverError)}</bdi>}
    </span>
  );
}

/** Their values stand below the list, once for all. */
function neededNames(step: NonNullable<SignInFailure['step']>): string[] {
  return corsHeadersFor(step, location.origin).headers.map((line) => line.replace(/:.*/, ''));
}
