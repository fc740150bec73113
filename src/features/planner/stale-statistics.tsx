import { accountLabel } from '#connections/store/account-label.ts';
import type { ConnectionView } from '#connections/store/connection-view.ts';
import { messages } from '#messages/en.ts';
import { TextButton } from '#ui/text-button.tsx';

import type { SignInWish } from './post-actions.tsx';
import styles from './stale-statistics.module.css';

const words = messages.planner;

/** A connection whose numbers can't be asked for until somebody signs in. */
export interface SilentConnection {
  connection: ConnectionView;
  /** Whether all of them are known from before. */
  isKnownFromBefore: boolean;
}

interface SilentStatisticsProps {
  silent: readonly SilentConnection[];
  onSignIn: (wish: SignInWish) => void;
}

/** Says which numbers are missing from the cards, and why. */
export function StaleStatistics({ silent, onSignIn }: SilentStatisticsProps) {
  return silent.map(({ connection, isKnownFromBefore }) => {
    const name = messages.status.named(connection.service.name, accountLabel(connection.identity));
    return (
      <p className={styles.line} key={connection.id}>
        {(isKnownFromBefore ? words.numbersFromBefore : words.numbersNotShown)(name)}{' '}
        <TextButton onClick={() => onSignIn({ connectionId: connection.id })}>{words.reconnect}</TextButton>
      </p>
    );
  });
}
